"""Run every benchmark: `python -m benchmarks`. One alone: `python -m benchmarks.map`."""

import importlib
import pkgutil

import benchmarks

for found in sorted(pkgutil.iter_modules(benchmarks.__path__), key=lambda module: module.name):
    if not found.name.startswith("_"):
        module = importlib.import_module(f"benchmarks.{found.name}")
        if hasattr(module, "main"):
            print(f"\n## {found.name}\n")
            module.main()
