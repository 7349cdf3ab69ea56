# make run   starts the app on the shipped data; make test   runs the tests, make slow the long ones.
# Both make what they need first: a Python environment in .venv and the map's scripts.
PYTHON ?= python3
PORT ?= 8501
VENV := .venv
BIN := $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: run test slow explore test-oldest screenshots check audit build benchmarks clean

run: $(VENV)/run.stamp static/vendor/installed
	$(BIN)/streamlit run app.py --server.port $(PORT)

test: $(VENV)/test.stamp static/vendor/installed
	@sh deploy/find_browser.sh
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "not slow and not screenshots"

# What takes long: most journeys in a browser, every link kept, the rules of access, hostile files,
# nginx before two copies, slow lines, and the whole build where the publishers' files are at hand.
slow: $(VENV)/test.stamp static/vendor/installed
	@sh deploy/find_browser.sh
	@sh deploy/find_nginx.sh
	$(BIN)/python -m pytest -n 2 --dist loadfile -m "slow and not screenshots"

# Cases nobody thought of, other ones each time; `make test` and `make slow` try the same ones always.
explore: $(VENV)/test.stamp
	$(BIN)/python -m pytest -n 2 --hypothesis-profile=explore -m hypothesis

# Every page as a picture, wide and on a phone, light and dark, in test-results/.
screenshots: $(VENV)/test.stamp static/vendor/installed
	@sh deploy/find_browser.sh
	$(BIN)/python -m pytest -m screenshots tests/test_screenshots.py

check: $(VENV)/test.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Whether anything installed has a known weakness; says so where the service cannot be asked.
audit: $(VENV)/test.stamp
	$(BIN)/python deploy/audit.py

# The fast tests with the lowest version that each range in the requirements allows.
test-oldest: $(VENV)/test.stamp static/vendor/installed
	$(PYTHON) -m venv $(VENV)-oldest
	$(BIN)/python deploy/oldest.py requirements-dev.txt > $(VENV)-oldest/constraints.txt
	$(VENV)-oldest/bin/pip install --quiet -r requirements-dev.txt -c $(VENV)-oldest/constraints.txt
	$(VENV)-oldest/bin/python -m pytest -n 2 --dist loadfile -m "not slow and not browser and not sources"

build: $(VENV)/test.stamp
	@test -n "$(SOURCES)" || { echo "Say where the publishers' files are: make build SOURCES=folder"; exit 1; }
	$(BIN)/python -m geo.build --sources $(SOURCES)

benchmarks: $(VENV)/test.stamp static/vendor/installed requirements-benchmarks.txt
	$(BIN)/pip install --quiet -r requirements-benchmarks.txt
	$(BIN)/python -m benchmarks

$(VENV)/python.stamp:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed; say which with make PYTHON=python3.11 run"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/run.stamp: $(VENV)/python.stamp requirements.txt
	$(BIN)/pip install --quiet -r requirements.txt
	@touch $@

$(VENV)/test.stamp: $(VENV)/run.stamp requirements-dev.txt
	$(BIN)/pip install --quiet -r requirements-dev.txt
	@touch $@

# The map's scripts come from npm by name. Where there is no npm, the one on PyPI serves; where
# neither can be had, the app still runs and takes the scripts from folium's public links.
static/vendor/installed: package-lock.json $(VENV)/run.stamp $(wildcard geo/engine/*) geo/frontend.py geo/map_values.py
	@sh deploy/install_scripts.sh $(BIN)

clean:
	rm -rf $(VENV) $(VENV)-oldest node_modules static/vendor
