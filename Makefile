# The set-up commands are `make run` and `make test`; `make help` lists the rest.
SHELL := /bin/bash
SWIFT ?= swift
# Tests run with the checks of exclusive access that the release does without.
BUILD := $(SWIFT) build -c release --static-swift-stdlib -Xswiftc -enforce-exclusivity=unchecked -Xlinker -s
DEDUP := .build/release/dedup
PACKAGES := g++ libkainjow-mustache-dev libsimdjson-dev libutf8proc-dev libxxhash-dev

.PHONY: help
help: ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-13s %s\n", $$1, $$2}'

.PHONY: run
run: build ## install what is missing, build, cluster the sample dump
	$(DEDUP) cluster corpora/sample/stories.jsonl --format text

.PHONY: build
build: deps ## build the release binary: .build/release/dedup
	$(BUILD)

.PHONY: test
test: deps ## run all tests
	$(SWIFT) test --parallel

.PHONY: report
report: build ## draw the sample dump as a page: .build/report.html
	$(DEDUP) cluster corpora/sample/stories.jsonl --html .build/report.html -o .build/report.jsonl

.PHONY: test-browser
test-browser: build ## click through the page in a browser
	@Tools/install-packages chromium chromium-driver python3
	python3 Tests/browser/run.py $(DEDUP)

.PHONY: test-filter
test-filter: deps ## filter 10,000 random dumps; what is kept and what is removed must make up the input
	DEDUP_CORPORA=10000 $(SWIFT) test -c release --filter PromiseTests

.PHONY: test-release
test-release: build ## run the tests of the command line on the release binary, as the optimiser made it
	DEDUP_BINARY=$(CURDIR)/$(DEDUP) $(SWIFT) test --parallel --filter dedupTests

.PHONY: test-neon
test-neon: deps ## run the kernels on an emulated ARM processor; they must give the bits of this one
	@Tools/install-packages gcc-aarch64-linux-gnu libc6-dev-arm64-cross qemu-user
	Tests/neon/run.sh

.PHONY: fit
fit: deps ## fit the weights of the event model to ../shared/corpora/events
	Tools/fit-event-model

.PHONY: lint
lint: ## check the format of the sources
	$(SWIFT) format lint --strict --recursive --parallel Package.swift Sources Tests Benchmarks Tools

.PHONY: format
format: ## format the sources in place
	$(SWIFT) format --in-place --recursive --parallel Package.swift Sources Tests Benchmarks Tools

.PHONY: bench
bench: build ## measure against other tools; writes Benchmarks/RESULTS.md
	Tools/install-packages python3-venv xxhash
	python3 Benchmarks/run.py

.PHONY: bench-passages
bench-passages: build ## time dedup compare on megabytes and on pathological texts
	python3 Benchmarks/passages.py $(DEDUP)

.PHONY: bench-seeds
bench-seeds: build ## the seed stories among 10,000 others in random orders; needs ../shared
	python3 Benchmarks/seeds.py --binary $(DEDUP)

.PHONY: bench-copy-events
bench-copy-events: build ## list copy clusters whose documents are labelled with different events; needs ../shared
	python3 Benchmarks/copy_events.py --binary $(DEDUP)

.PHONY: deps
deps: ## install the Debian packages that the build needs
	@Tools/install-packages $(PACKAGES)

.PHONY: clean
clean: ## remove what was built
	rm -rf .build .build-*
