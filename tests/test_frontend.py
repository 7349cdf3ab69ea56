import json
from pathlib import Path

import pytest

from geo import frontend
from geo.build import vendor

ROOT = Path(__file__).parents[1]


@pytest.fixture
def installed(tmp_path):
    """A folder as npm leaves it, with the files that the map needs and more."""
    modules = tmp_path / "node_modules"
    for library in frontend.LIBRARIES:
        for name in (*library.files, "dist/more.js"):
            path = modules / library.package / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"/* {name} */ .a {{ background-image: url(images/x.png); }}")
    return modules


def test_versions_are_those_of_package_json():
    wanted = json.loads((ROOT / "package.json").read_text())["dependencies"]
    assert wanted == {row.package: row.version for row in frontend.LIBRARIES}
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    for package, version in wanted.items():
        assert locked[f"node_modules/{package}"]["version"] == version
        assert locked[f"node_modules/{package}"]["integrity"]


def test_the_lock_names_no_host():
    assert "resolved" not in (ROOT / "package-lock.json").read_text()


def test_copied_libraries_are_used_from_the_app_itself(installed, tmp_path):
    static = tmp_path / "static"
    vendor.copy(installed, static)
    scripts = frontend.scripts(static)
    assert scripts.local
    assert scripts.css == ()
    addresses = [address for _, address in scripts.js]
    assert addresses[0].startswith("data:text/javascript")
    for address in addresses[1:]:
        assert address.startswith("../../app/static/vendor/")
        path, _, version = address.removeprefix("../../app/static/").partition("?v=")
        assert (static / path).is_file()
        assert version in {row.version for row in frontend.LIBRARIES} or "/engine-" in path
    assert not list(static.rglob("more.js"))


def test_the_engine_is_a_file_with_the_styles_in_it_and_without_their_pictures(installed, tmp_path):
    vendor.copy(installed, tmp_path)
    engine = (tmp_path / "vendor" / frontend.bundle(tmp_path / "vendor").path).read_text("utf-8")
    assert "leaflet.css" in engine
    assert "common-ground-tip" in engine
    assert "images/x.png" not in engine
    assert "window.commonGroundEngine = function (map, options)" in engine


def test_an_engine_of_another_day_is_not_used(installed, tmp_path):
    vendor.copy(installed, tmp_path)
    (path,) = (tmp_path / "vendor" / "common-ground").iterdir()
    path.rename(path.with_name("engine-0123456789ab.js"))
    scripts = frontend.scripts(tmp_path)
    assert scripts.local
    name, address = scripts.js[-1]
    assert name == "engine"
    assert address.startswith("data:text/javascript")
    assert "commonGroundEngine" in address


def test_without_copies_a_public_network_serves_the_same_versions(tmp_path):
    scripts = frontend.scripts(tmp_path)
    assert not scripts.local
    assert scripts.js[-1][1].startswith("data:text/javascript")
    addresses = [address for _, address in (*scripts.js[1:-1], *scripts.css)]
    assert len(addresses) == 3
    for address in addresses:
        assert any(f"{row.package}@{row.version}/" in address for row in frontend.LIBRARIES)


def test_other_tiles_have_another_address(tmp_path):
    tiles = tmp_path / "tiles"
    tiles.mkdir()
    (tiles / "england.pmtiles").write_bytes(b"old shapes")
    before = frontend.scripts(tmp_path).version
    assert before == frontend.scripts(tmp_path).version
    (tiles / "england.pmtiles").write_bytes(b"new shapes")
    assert frontend.scripts(tmp_path).version != before


def test_half_a_copy_is_no_copy(installed, tmp_path):
    vendor.copy(installed, tmp_path)
    (tmp_path / "vendor" / "leaflet" / "dist" / "leaflet.js").unlink()
    assert not frontend.scripts(tmp_path).local


def test_copying_again_leaves_nothing_old(installed, tmp_path):
    old = tmp_path / "vendor" / "d3" / "d3.js"
    old.parent.mkdir(parents=True)
    old.write_text("old")
    vendor.copy(installed, tmp_path)
    assert not old.exists()


def test_a_missing_library_is_an_error(installed, tmp_path):
    (installed / "leaflet" / "dist" / "leaflet.css").unlink()
    with pytest.raises(FileNotFoundError, match="leaflet.css"):
        vendor.copy(installed, tmp_path)


def test_the_guard_needs_no_network_and_asks_for_every_script(tmp_path):
    scripts = frontend.scripts(tmp_path)
    _, guard = scripts.js[0]
    assert guard.startswith("data:")
    for _, address in scripts.js[1:-1]:
        assert frontend.quote(address, safe="/") in guard
