# The only commands. Each is one file in deploy/ whose first lines say what it does.
PYTHON := $(shell for one in python3 python3.14 python3.13 python3.12 python3.11; do \
	$$one -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$one; break; }; done)
ifeq ($(PYTHON),)
$(error Python 3.11 or newer is needed; install it (Debian: apt-get install python3 python3-venv) and run again)
endif

.PHONY: help run test check fix bench messages lock

help:
	@echo "make run       set up and serve on http://127.0.0.1:8000 (PORT=8765 make run: elsewhere)"
	@echo "make test      every test in both profiles (PROFILE=embedded: the quick half; ARGS=\"tests/kb -k bm25\": some)"
	@echo "make check     lint, import contract, migrations, catalogue, types, scripts, secrets, settings"
	@echo "make fix       what ruff can mend and format"
	@echo "make bench     measure tests/load, write var/bench.json"
	@echo "make messages  bring the catalogue in step with the sources and compile it"
	@echo "make lock      resolve the requirements anew into constraints.txt"

run test check bench lock:
	@$(PYTHON) deploy/$@.py

fix:
	@$(PYTHON) deploy/check.py fix

messages:
	@$(PYTHON) deploy/catalogue.py messages
