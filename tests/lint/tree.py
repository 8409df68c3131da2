"""tree.py: the files of the project, as the lint tests see them."""

import os
import pathlib
import shutil
import subprocess

ROOT = pathlib.Path(os.environ.get('NUDGE_SOURCE', pathlib.Path(__file__).resolve().parents[2]))
C_FOLDERS = ('engine', 'ui', 'app', 'tests')
TEXT_SUFFIXES = {'.c', '.h', '.py', '.sh', '.json', '.xml', '.build', '.def', '.md', '.ui', '.css', '.svg', '.1', '.desktop', ''}


def all_files():
    """Every file of the project, sorted; what git ignores is none of it."""
    names = []
    if shutil.which('git'):
        listed = subprocess.run(['git', '-C', str(ROOT), 'ls-files', '-z', '--cached', '--others', '--exclude-standard'],
                                capture_output=True, check=False)
        names = [name for name in listed.stdout.decode().split('\0') if name]
    if not names:
        names = [str(path.relative_to(ROOT)) for path in ROOT.rglob('*') if path.is_file()]
        names = [name for name in names
                 if not name.startswith(('build', '.git/', '.cache/')) and name != '.git' and '__pycache__' not in name]
    return sorted(pathlib.Path(name) for name in names if (ROOT / name).is_file())


def text_files():
    return [path for path in all_files() if path.suffix in TEXT_SUFFIXES]


def c_files(*folders):
    return [path for path in all_files() if path.suffix in ('.c', '.h') and path.parts[0] in (folders or C_FOLDERS)]


def lines(path):
    return (ROOT / path).read_text(encoding='utf-8').splitlines()
