"""The stand-in's circuit: it holds circuit JSON, and its own generator only says that it was called."""

import json
from pathlib import Path


class Circuit:
    def __init__(self, data):
        self.data = data
        self.name = data['name']
        self.calls = []

    def finalize_references(self):
        self.calls.append('finalize')

    def generate_json_netlist(self, filename):
        Path(filename).write_text(json.dumps(self.data, indent=2), encoding='utf-8')

    def _get_source_file(self):
        return Path(__file__)

    def _update_source_refs(self, source):
        self.calls.append('source')

    def generate_kicad_project(self, project_name, generate_pcb=True, force_regenerate=False, placement_algorithm='hierarchical',
                               draw_bounding_boxes=False, generate_ratsnest=True, update_source_refs=None, preserve_user_components=False):
        self.calls.append(('own', project_name, generate_pcb, force_regenerate, placement_algorithm, draw_bounding_boxes, generate_ratsnest,
                           update_source_refs, preserve_user_components))
        return {'success': True, 'json_path': None, 'project_path': Path(project_name)}
