"""Publishers' files in, `data/` and `static/` out: `python -m geo.build --sources <folder>`."""
