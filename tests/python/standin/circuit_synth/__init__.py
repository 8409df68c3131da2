"""A stand-in for circuit-synth: the class and the calls that the drop-in meets, and nothing else."""
