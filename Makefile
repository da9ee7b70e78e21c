# The set-up commands are `make run` and `make test`; `make help` lists the rest.
SHELL := /bin/bash
.SHELLFLAGS := -o pipefail -c
SWIFT ?= swift
CLANG ?= clang
# Tests run with the checks of exclusive access that the release does without. Debug information, which is stripped anyway,
# would put the paths of the sources into the hashes of the modules, and no two folders would give the same bytes.
BUILD := $(SWIFT) build -c release --static-swift-stdlib -Xswiftc -enforce-exclusivity=unchecked -Xswiftc -gnone -Xlinker -s
# Swift with all its checks; C, which has none that an optimiser would leave out, at the speed of the kernels.
TEST := $(SWIFT) test -Xcc -O2
DEDUP := .build/release/dedup
PACKAGES := g++ libarchive-dev libkainjow-mustache-dev libsimdjson-dev libutf8proc-dev libxxhash-dev \
  libuchardet-dev libzstd-dev nettle-dev zlib1g-dev

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-18s %s\n", $$1, $$2}'

.PHONY: run
run: build ## install what is missing, build, cluster the sample dump
	$(DEDUP) cluster corpora/sample/stories.jsonl --format text

.PHONY: build
build: deps ## build the release binary: .build/release/dedup
	$(BUILD)

PREFIX ?= /usr/local
SHARE := $(DESTDIR)$(PREFIX)/share
INSTALLED := $(DESTDIR)$(PREFIX)/bin/dedup $(SHARE)/man/man1/dedup.1 $(SHARE)/bash-completion/completions/dedup \
  $(SHARE)/zsh/site-functions/_dedup $(SHARE)/fish/vendor_completions.d/dedup.fish

# Builds nothing where there is a binary, so that `sudo make install` needs no compiler.
$(DEDUP):
	$(MAKE) build

.PHONY: install
install: $(DEDUP) ## install binary, man page and shell completions below PREFIX (/usr/local), for packages in DESTDIR
	@Tools/install-packages python3
	install -D -m 755 $(DEDUP) $(word 1,$(INSTALLED))
	$(DEDUP) --experimental-dump-help | Tools/manual docs/output.md | install -D -m 644 /dev/stdin $(word 2,$(INSTALLED))
	$(DEDUP) --generate-completion-script bash | install -D -m 644 /dev/stdin $(word 3,$(INSTALLED))
	$(DEDUP) --generate-completion-script zsh | install -D -m 644 /dev/stdin $(word 4,$(INSTALLED))
	$(DEDUP) --generate-completion-script fish | install -D -m 644 /dev/stdin $(word 5,$(INSTALLED))

# Static libraries of what is linked in.
STATIC := binutils gcc libacl1-dev libbz2-dev liblz4-dev liblzma-dev libzstd-dev

.PHONY: dist
dist: build ## make a binary that needs nothing but glibc 2.27, a tarball and a Debian package: .build/dist
	@Tools/install-packages $(STATIC) dpkg-dev git python3
	Tools/dist

.PHONY: test-dist
test-dist: dist ## install them in bare roots of Debian 11, 12 and 13, and use them there; needs root
	@Tools/install-packages bzip2 debootstrap xz-utils zstd
	Tests/dist/run.sh

.PHONY: reproducible
reproducible: ## make dist twice, in two folders, and compare the bytes
	Tools/reproducible

.PHONY: uninstall
uninstall: ## remove what make install put there
	rm -f $(INSTALLED)

# The tests of the command line take the release binary, as the optimiser made it.
.PHONY: test
test: build ## run all tests
	DEDUP_BINARY=$(CURDIR)/$(DEDUP) $(TEST) --parallel
	$(MAKE) test-python
	$(MAKE) test-spark-short

.PHONY: report
report: build ## draw the sample dump as a page: .build/report.html
	$(DEDUP) cluster corpora/sample/stories.jsonl --html .build/report.html -o .build/report.jsonl

RECIPES := recipe-newsroom recipe-syndication recipe-morning recipe-training
.PHONY: $(RECIPES)
recipe-newsroom: ## run a recipe of docs/recipes.md on the sample dump: from a dump to a report
recipe-syndication: ## the same: what of today is a copy
recipe-morning: ## the same: an index that grows by the day
recipe-training: ## the same: clean a training set
$(RECIPES): recipe-%: $(DEDUP)
	Tools/recipe $* $(DEDUP) .build/recipe-$*

# What the Python package carries, and what its tests need. A wheel is for machines with glibc 2.28 or later.
PYTHON ?= python3
VENV := .build/venv
PLATFORM := manylinux_2_28_$(shell uname -m)

.PHONY: python
python: build ## link the library and the command of the Python package: python/src/dedup/lib and bin
	@Tools/install-packages $(STATIC)
	Tools/python-library

$(VENV)/bin/pytest: python/requirements-test.txt
	@Tools/install-packages python3-venv
	$(PYTHON) -m venv $(VENV)
	$(VENV)/bin/pip install -q -r python/requirements-test.txt
	touch $@

.PHONY: test-python
test-python: python $(VENV)/bin/pytest ## test the C door and the Python package; TABLES=1000 EXAMPLES=10000 for more
	Tests/c/run.sh python/src/dedup/lib/libdedup.so
	cd python && ../$(VENV)/bin/mypy && PYTHONPATH=src DEDUP_BINARY=$(CURDIR)/$(DEDUP) \
	  DEDUP_TABLES=$(or $(TABLES),100) DEDUP_EXAMPLES=$(or $(EXAMPLES),100) ../$(VENV)/bin/pytest

.PHONY: test-python-asan
test-python-asan: deps $(VENV)/bin/pytest ## random Arrow tables under the address sanitizer; EXAMPLES=10000 for more
	$(SWIFT) build --sanitize address --scratch-path .build-asan --product dedup_c
	cd python && DEDUP_LIBRARY=$(CURDIR)/.build-asan/debug/libdedup_c.so DEDUP_EXAMPLES=$(or $(EXAMPLES),100) PYTHONPATH=src \
	  PYTHONMALLOC=malloc ASAN_OPTIONS=detect_leaks=0:detect_odr_violation=0 LD_PRELOAD=$$($(CLANG) -print-file-name=libclang_rt.asan-x86_64.so) \
	  ../$(VENV)/bin/pytest tests/test_arrow.py

# SPARK=3.5.8 takes another version than python/requirements-spark.txt names.
SPARK_VENV := .build/spark-venv$(SPARK)
IN_SPARK = $(if $(shell command -v java),,JAVA_HOME=$(CURDIR)/$(SPARK_VENV)/java) PYTHONPATH=$(CURDIR)/python/src
$(SPARK_VENV)/bin/pytest: python/requirements-spark.txt Tools/spark-venv
	@Tools/install-packages python3-venv
	PYTHON=$(PYTHON) Tools/spark-venv $(SPARK_VENV) $(SPARK)
	touch $@

.PHONY: spark-local
spark-local: python $(SPARK_VENV)/bin/pytest ## cluster the sample on two executors of Spark, of which some are killed, and compare with the command
	$(IN_SPARK) python3 Tests/spark/local.py $(DEDUP) $(SPARK_VENV) $(INPUT)

.PHONY: test-spark-short
test-spark-short:
	@command -v java >/dev/null || { echo 'no Java here: `make test-spark` brings one, and tests dedup on Spark'; exit 0; }; \
	  $(MAKE) python $(SPARK_VENV)/bin/pytest && cd python && $(IN_SPARK) ../$(SPARK_VENV)/bin/pytest -q tests/test_spark.py -k two_thousand

.PHONY: test-spark
test-spark: spark-local ## test dedup on Spark: random dumps, ../shared, killed workers and executors; SPARK=3.5.8 for another version
	cd python && $(IN_SPARK) DEDUP_SPARK_DUMPS=$(or $(DUMPS),10) DEDUP_SPARK_CORPORA=1 ../$(SPARK_VENV)/bin/pytest tests/test_spark.py

.PHONY: wheel
wheel: python $(VENV)/bin/pytest ## build the wheel: .build/wheel
	rm -rf .build/wheel
	DEDUP_PLATFORM=$(PLATFORM) $(VENV)/bin/python -m build -q --wheel --outdir .build/wheel python
	$(VENV)/bin/auditwheel show .build/wheel/*.whl | grep $(PLATFORM)

.PHONY: test-wheel
test-wheel: wheel ## install the wheel into a fresh environment, and use it there
	rm -rf .build/fresh && $(PYTHON) -m venv .build/fresh
	.build/fresh/bin/pip install -q --no-index .build/wheel/*.whl
	.build/fresh/bin/python Tests/wheel.py .build/fresh/bin/dedup

.PHONY: test-outside
test-outside: deps ## compile and run the examples of the documentation in a package outside the tree
	@Tools/install-packages python3
	python3 Tests/Outside/run.py

.PHONY: test-kill
test-kill: build ## kill the command at 200 random moments (MOMENTS=…) of each kind of output; nothing may be lost or left over
	@Tools/install-packages python3
	python3 Tests/kill/run.py $(DEDUP) --moments $(or $(MOMENTS),200)

.PHONY: test-index
test-index: build ## 1,000 kills of dedup index, each system call, full disks; 1,000 histories; 10,000 flipped bytes
	@Tools/install-packages python3 strace
	python3 Tests/kill/index.py $(DEDUP)
	DEDUP_HISTORIES=1000 DEDUP_FLIPS=10000 $(TEST) --filter '^IndexTests\.'

.PHONY: test-browser
test-browser: build ## click through the page in a browser, and check it with axe-core
	@Tools/install-packages chromium chromium-driver python3 python3-venv
	@test -d .build/axe || { python3 -m venv .build/axe && .build/axe/bin/pip install -q --no-deps axe-playwright-python==0.1.8; }
	.build/axe/bin/python Tests/browser/run.py $(DEDUP)

.PHONY: test-filter
test-filter: deps ## filter 10,000 random dumps (CORPORA=…); what is kept and what is removed must make up the input
	DEDUP_CORPORA=$(or $(CORPORA),10000) $(TEST) --filter PromiseTests

.PHONY: test-debug
test-debug: deps ## run the tests of the command line on a debug build, which checks exclusive access
	$(TEST) --parallel --filter dedupTests

.PHONY: compare-with
compare-with: build ## compare all outputs with those of another revision: REV=…, or BASE=its binary; CPU=1: times too
	@Tools/install-packages python3 $(if $(CPU),python3-venv)
	Tools/compare-with $(REV) $(BASE:%=--base %)
	$(if $(CPU),Tools/compare-with $(REV) $(BASE:%=--base %) --cpu)

.PHONY: test-faults
test-faults: build ## let each call of the system fail once, of 26 commands, kill each before it, change their inputs: each must end as documented, and leave nothing half done
	@Tools/install-packages gcc python3
	python3 Tests/faults/run.py $(DEDUP) --step $(or $(STEP),1) --allocations $(or $(ALLOCATIONS),100)

.PHONY: test-neon
test-neon: deps ## run the kernels on an emulated ARM processor; they must give the bits of this one
	@Tools/install-packages gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user
	Tests/neon/run.sh

.PHONY: test-mutants
test-mutants: deps ## break the code in 119 places, one at a time: the tests must notice; FAULT=… takes those whose text has it
	@Tools/install-packages python3
	python3 Tests/mutants/run.py $(FAULT)

# SHORT=1 takes what is done in a minute once it is built.
.PHONY: test-asan test-tsan
test-asan: deps ## run what touches C and pointers under the address sanitizer, C under that of undefined behaviour too
	Tests/sanitizers/run.sh address $(if $(SHORT),short)
test-tsan: deps ## run what has threads under the thread sanitizer
	Tests/sanitizers/run.sh thread $(if $(SHORT),short)

.PHONY: fuzz
fuzz: deps ## give kernels, JSON and archives random input under libFuzzer: FUZZ_SECONDS=60 for each target; TARGETS=… others; FAST=1 without sanitizers
	FAST=$(FAST) CLANG=$(CLANG) Fuzzing/run.sh $(or $(FUZZ_SECONDS),10) $(TARGETS)

.PHONY: references
references: ## write the table of character references anew, from what Python has of the HTML standard
	Tools/references.py > Sources/CDedupKernels/data/references.txt

.PHONY: fit
fit: deps ## fit the weights of the event model to ../shared/corpora/events
	Tools/fit-event-model

C_SOURCES = $(shell find Sources Tests Benchmarks/Kernels/Sources Fuzzing -path '*/.build' -prune -o \( -name '*.[ch]' -o -name '*.[ch]pp' \) -print)
C_INCLUDES = $(patsubst %,-I%,$(shell find Sources Tests Benchmarks/Kernels/Sources Fuzzing -path '*/.build' -prune -o -name include -print))
.PHONY: lint
lint: deps ## check the format of the sources, and that C and C++ compile without a warning
	@Tools/install-packages clang-format
	$(SWIFT) format lint --strict --recursive --parallel Package.swift Sources Tests Benchmarks Tools Fuzzing
	clang-format --dry-run --Werror $(C_SOURCES)
	$(CLANG) -fsyntax-only -Wall -Wextra -Werror $(C_INCLUDES) $(filter %.c %.cpp,$(C_SOURCES))

.PHONY: format
format: ## format the sources in place
	@Tools/install-packages clang-format
	$(SWIFT) format --in-place --recursive --parallel Package.swift Sources Tests Benchmarks Tools Fuzzing
	clang-format -i $(C_SOURCES)

.PHONY: bench
bench: build ## measure against other tools; writes Benchmarks/RESULTS.md
	Tools/install-packages python3-venv xxhash
	python3 Benchmarks/run.py

.PHONY: bench-filter
bench-filter: build ## compare dedup filter with other filters; PYTHON has Benchmarks/requirements*.txt
	python3 Benchmarks/filter.py $(DEDUP) Benchmarks/data/corpus_20000_1.jsonl --python $(or $(PYTHON),python3)

.PHONY: bench-python
bench-python: python $(VENV)/bin/pytest ## measure the Python package: CORPUS=… (JSON Lines)
	$(VENV)/bin/pip install -q -r Benchmarks/requirements.txt
	PYTHONPATH=$(CURDIR)/python/src $(VENV)/bin/python Benchmarks/python.py $(DEDUP) $(or $(CORPUS),Benchmarks/data/corpus_200000_1.jsonl)

.PHONY: bench-spark
bench-spark: python $(SPARK_VENV)/bin/pytest ## measure dedup on Spark: CORPUS=… (JSON Lines)
	$(IN_SPARK) $(SPARK_VENV)/bin/python Benchmarks/spark.py $(DEDUP) $(or $(CORPUS),Benchmarks/data/corpus_200000_1.jsonl)

.PHONY: bench-index
bench-index: build ## measure dedup index: CORPUS=… (JSON Lines, 200,000 generated), EVENTS=… (20,000), TIMES=5 for a million
	python3 Benchmarks/index.py $(DEDUP) $(or $(CORPUS),Benchmarks/data/corpus_200000_1.jsonl)
	$(if $(EVENTS),python3 Benchmarks/index.py $(DEDUP) $(EVENTS) --level event)
	python3 Benchmarks/index.py $(DEDUP) $(or $(CORPUS),Benchmarks/data/corpus_200000_1.jsonl) --times $(or $(TIMES),5)

.PHONY: bench-index-rivals
bench-index-rivals: ## the same of datasketch in memory and in Redis, of LSHBloom's way and of LMDB; PYTHON has Benchmarks/requirements.txt
	@Tools/install-packages redis-server
	cd Benchmarks/rivals && for way in 'index_datasketch.py' 'index_lshbloom.py' 'index_datasketch.py redis'; do \
	  set -- $$way && $(PYTHON) $$1 $(abspath $(or $(CORPUS),Benchmarks/data/corpus_200000_1.jsonl)) 20000 $$2 || exit; done
	$(PYTHON) Benchmarks/rivals/index_lmdb.py 200000 20000

.PHONY: bench-passages
bench-passages: build ## time dedup compare on megabytes and on pathological texts
	python3 Benchmarks/passages.py $(DEDUP)

.PHONY: bench-seeds
bench-seeds: build ## the seed stories among 10,000 others in random orders; needs ../shared
	python3 Benchmarks/seeds.py --binary $(DEDUP)

.PHONY: bench-copy-events
bench-copy-events: build ## list copy clusters whose documents are labelled with different events; needs ../shared
	python3 Benchmarks/copy_events.py --binary $(DEDUP)

.PHONY: bench-page
bench-page: build ## time the report page against clustering, and in a browser
	@Tools/install-packages chromium chromium-driver python3
	python3 Benchmarks/pages.py $(DEDUP)

.PHONY: deps
deps: ## install the Debian packages that the build needs
	@Tools/install-packages $(PACKAGES)

.PHONY: clean
clean: ## remove what was built
	rm -rf .build .build-* Tests/Outside/.build python/src/dedup/lib python/src/dedup/bin
