#!/usr/bin/env python3
"""test_install.py BUILD PREFIX LIBDIR: what is installed is whole: a stranger's program builds with it and runs."""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))
from tap import Skip, Tap  # noqa: E402

FILES = ['bin/nudge', 'include/nudge-0/nudge.h', 'include/nudge-0/base/diagnostic-codes.def', 'share/man/man1/nudge.1',
         'share/applications/io.github.nudge_eda.Nudge.desktop', 'share/metainfo/io.github.nudge_eda.Nudge.metainfo.xml',
         'share/icons/hicolor/scalable/apps/io.github.nudge_eda.Nudge.svg', 'share/bash-completion/completions/nudge',
         'share/locale/de/LC_MESSAGES/nudge.mo', 'share/nudge/report.schema.json', 'share/nudge/samples/esp32-c6-devboard.json']
LIBRARY_FILES = ['libnudge.so', 'nudge/libnudge-window.so', 'pkgconfig/nudge.pc']
PROGRAM = r'''
#include <nudge.h>
#include <stdio.h>

int
main (int argc, char **argv)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (NudgeCircuit) circuit = nudge_circuit_read_file (argv[1], NULL, &error);

  if (circuit != NULL)
    printf ("%u\n", circuit->n_parts);
  return error != NULL;
}
'''


class Installation:
    def __init__(self, folder, build, prefix, libdir):
        self.folder = pathlib.Path(folder)
        self.build = build
        self.prefix = self.folder / 'root' / prefix.lstrip('/')
        self.library = self.prefix / libdir

    def install(self):
        result = subprocess.run(['meson', 'install', '-C', self.build, '--no-rebuild', '--quiet', '--destdir', self.folder / 'root'],
                                capture_output=True, text=True, check=False)
        if result.returncode:
            return [result.stdout, result.stderr]
        missing = [name for name in FILES if not (self.prefix / name).exists()]
        missing += [name for name in LIBRARY_FILES if not (self.library / name).exists()]
        return [f'{name} is not installed' for name in missing]

    def run(self, *command):
        environment = {'PATH': os.environ['PATH'], 'LC_ALL': 'C.UTF-8', 'LD_LIBRARY_PATH': str(self.library),
                       'PKG_CONFIG_PATH': str(self.library / 'pkgconfig')}
        return subprocess.run([str(word) for word in command], env=environment, capture_output=True, text=True, check=False)

    def flags(self):
        """Those of nudge.pc; the prefix that it names is not where this installation stands."""
        package = self.library / 'pkgconfig/nudge.pc'
        text = package.read_text()
        package.write_text(text.replace(text.splitlines()[0], f'prefix={self.prefix}', 1))
        result = self.run('pkg-config', '--cflags', '--libs', 'nudge')
        if result.returncode:
            raise RuntimeError(result.stderr)
        return result.stdout.split()

    def foreign_program(self):
        if not shutil.which('cc'):
            raise Skip('there is no cc')
        source = self.folder / 'program.c'
        source.write_text(PROGRAM)
        built = self.run('cc', '-std=c11', '-Wall', '-Werror', source, '-o', self.folder / 'program', *self.flags())
        if built.returncode:
            return [built.stderr]
        sample = self.prefix / 'share/nudge/samples/esp32-c6-devboard.json'
        result = self.run(self.folder / 'program', sample)
        return [] if (result.returncode, result.stdout) == (0, '32\n') else [f'{result}']

    def program(self):
        sample = self.prefix / 'share/nudge/samples/esp32-c6-devboard.json'
        result = self.run(self.prefix / 'bin/nudge', '--check', sample)
        return [] if result.returncode == 0 else [result.stderr]


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        installation = Installation(folder, *sys.argv[1:])
        tap.case('everything is installed', installation.install)
        tap.case('a stranger\'s program builds and runs', installation.foreign_program)
        tap.case('the installed program runs', installation.program)
    tap.end()


if __name__ == '__main__':
    main()
