# Everything a developer or an operator does. `make help` lists it.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules

TAGS := sqlite_fts5
GO := go
PACK := data/content/mekong
ADDR := 127.0.0.1:8080
LINT := $(GO) tool -modfile=tools/go.mod golangci-lint

GO_FILES := $(shell find cmd download draw geo live routes store server static -name '*.go' -not -name '*_test.go' 2>/dev/null)
FRONT_FILES := $(shell find static -type f \( -path 'static/src/*' -o -path 'static/styles/*' -o -path 'static/build*' \) 2>/dev/null)
EMBEDDED := draw/words.txt store/geopackage.sql $(shell find static/templates static/lang store/migrations cmd/corridor/skeleton -type f 2>/dev/null)

.PHONY: help
help: ## List the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{ printf "%-12s %s\n", $$1, $$2 }'

.PHONY: run
run: build ## Build, import the content and serve the map
	bin/corridor import $(PACK)
	bin/corridor serve --addr $(ADDR)

.PHONY: build
build: bin/corridor build/gazetteer.idx build/basemap.mbtiles ## Build the binary and the files beside it

bin/corridor: go.mod go.sum $(GO_FILES) $(EMBEDDED) static/dist/manifest.json
	$(GO) build -tags $(TAGS) -o $@ ./cmd/corridor

static/dist/manifest.json: node_modules/.installed $(FRONT_FILES)
	node static/build.mjs

node_modules/.installed: package.json package-lock.json
	npm ci --no-audit --no-fund --loglevel=error
	touch $@

build/gazetteer.idx: go.mod $(filter-out %_test.go,$(wildcard cmd/geodata/*.go geo/*.go geo/gazetteer/*.go)) $(addprefix data/reference/,yunnan-prefectures.geojson names.csv places.csv provinces.csv rivers.geojson river-names.csv lake-names.csv water-names.csv) node_modules/.installed
	$(GO) run -tags $(TAGS) ./cmd/geodata gazetteer --out $@

BASEMAP_DATA := $(addprefix data/reference/,rivers.geojson river-names.csv lake-names.csv disputed-lines.geojson names.csv places.csv provinces.csv)
build/basemap.mbtiles: go.mod $(filter-out %_test.go,$(wildcard cmd/geodata/*.go geo/*.go geo/basemap/*.go store/tiles/*.go)) $(BASEMAP_DATA) node_modules/.installed
	$(GO) run -tags $(TAGS) ./cmd/geodata basemap --out $@

.PHONY: test
test: build browser ## Run every test, browser tests included
	$(MAKE) --no-print-directory --output-sync=target -j2 test-raced test-drawn
	npm run --silent test:unit
	CHROMIUM="$$(tools/browser)" npm run --silent test:browser

# The race detector watches all packages but those that draw one picture after another, which it makes ten times slower; of the
# server it watches the tests in which many ask at once, and of the program those in which a file of many routes is read.
AT_ONCE := Follow|Stream|Codes|Audience|AtOnce|AtATime|Leave|BreaksOff|WhileContent|AnswersAreCounted
.PHONY: test-raced test-drawn
test-raced:
	$(GO) test -race -timeout 15m -tags $(TAGS) $$($(GO) list -tags $(TAGS) ./... | grep -vE '/(draw|server|cmd/corridor)$$')
	$(GO) test -race -timeout 15m -tags $(TAGS) -run '$(AT_ONCE)' ./server
	$(GO) test -race -timeout 15m -tags $(TAGS) -run 'FileOf|CameFirst' ./cmd/corridor

test-drawn:
	$(GO) test -timeout 15m -tags $(TAGS) ./draw ./cmd/corridor ./server

.PHONY: nu
nu: build browser ## Hold every page in every language against the Nu HTML checker; it needs Java
	@command -v java >/dev/null || { echo "install Java, such as Debian's package default-jre-headless" >&2; exit 1; }
	npm install --prefix build/nu --no-save --no-audit --no-fund --loglevel=error vnu-jar@26.9.27
	VNU_JAR=build/nu/node_modules/vnu-jar/build/dist/vnu.jar CHROMIUM="$$(tools/browser)" node --import tsx --test static/test/nu/*.test.ts

.PHONY: browser
browser:
	@tools/browser --install >/dev/null

.PHONY: check
check: node_modules/.installed static/dist/manifest.json ## Hold modules, format, lint and types
	$(GO) mod tidy -diff
	$(GO) vet -tags $(TAGS) ./...
	$(GO) vet -C bench/postgis ./... && $(GO) mod tidy -C bench/postgis -diff
	$(LINT) fmt --diff
	$(LINT) run --allow-parallel-runners
	npm run --silent check

.PHONY: format
format: node_modules/.installed ## Format every file
	$(LINT) fmt
	npm run --silent format

.PHONY: fuzz
fuzz: ## Fuzz each parser for a while (FUZZTIME=30s)
	for target in geo:FuzzCurve geo/tile:FuzzDraw geo/tile:FuzzDrawPacked geo/gazetteer:FuzzParse geo/gazetteer:FuzzNormalise geo/gazetteer:FuzzSearch live:FuzzParseCode routes:FuzzLoad store:FuzzPassage store:FuzzBundle routes:FuzzLine server:FuzzItemsQuery server:FuzzGeocode store/tiles:FuzzPMTiles; do \
		$(GO) test -tags $(TAGS) ./$${target%:*} -run '^$$' -fuzz "^$${target#*:}$$" -fuzztime $(or $(FUZZTIME),30s) -fuzzminimizetime 20x; \
	done

.PHONY: bench
bench: build ## Measure import, start, memory and page weight
	$(GO) test -tags $(TAGS) -run '^$$' -bench . -benchtime 20x ./routes ./geo/gazetteer ./store
	$(GO) test -tags $(TAGS) -run '^$$' -bench Geocode -benchtime 60x ./server
	$(GO) test -tags $(TAGS) -run '^$$' -bench Tiles -benchtime 20000x ./server
	$(GO) test -tags $(TAGS) -run '^$$' -bench Picture -benchtime 10x ./draw ./server
	bench/figures.sh
	for run in '1000' '1000 --dead 100' '10000 --every 1s --moves 20' '10000 --every 1s --moves 20 --plain'; do \
		$(GO) run -tags $(TAGS) ./bench/live --followers $$run; \
	done

.PHONY: bench-tiles
bench-tiles: build ## Measure the serving of tiles against mbtileserver
	bench/tiles.sh

.PHONY: bench-static
bench-static: build ## Measure the serving of static bytes against nginx
	bench/static.sh

.PHONY: bench-export
bench-export: build bench-data ## Measure files of a million features against ogr2ogr (an hour)
	bench/export.sh

ROUTES_SETS := build/routes-large.jsonl build/routes-small.jsonl
.PHONY: bench-data
bench-data: $(ROUTES_SETS) ## Make up 100,000 routes, and a small set beside them, to measure with

$(ROUTES_SETS) &: build/gazetteer.idx node_modules/.installed $(wildcard bench/features/*.go)
	$(GO) run -tags $(TAGS) ./bench/features --routes 100000 --out build/routes-large.jsonl
	$(GO) run -tags $(TAGS) ./bench/features --routes 182 --out build/routes-small.jsonl

.PHONY: bench-features
bench-features: build bench-data ## Measure a million features against PostGIS, pg_featureserv and a thousand (a quarter of an hour)
	$(GO) build -C bench/featureserv -o "$(CURDIR)/build/pg_featureserv" github.com/CrunchyData/pg_featureserv
	$(GO) build -C bench/postgis -o "$(CURDIR)/build/bench-postgis" .
	build/bench-postgis

.PHONY: golden
golden: build ## Write the goldens and schemas again, after a change that is meant
	$(GO) test -tags $(TAGS) ./routes -run 'Golden|Schema' -update

.PHONY: pictures
pictures: build ## Draw the reference pictures again, after a change that is meant; look at them
	$(GO) test -tags $(TAGS) ./draw -run Reference -update

.PHONY: readme
readme: build browser ## Take the README's pictures again; look at them
	CHROMIUM="$$(tools/browser)" node --import tsx --test static/test/readme/*.test.ts

.PHONY: reference
reference: node_modules/.installed ## Make the extracts under data/reference again
	npm install --no-save --no-audit --no-fund --loglevel=error echarts@4.9.0
	$(GO) run -tags $(TAGS) ./cmd/geodata prefectures
	@test -d /usr/share/magics/10m || { echo "install Debian's package libmagics++-data" >&2; exit 1; }
	$(GO) run -tags $(TAGS) ./cmd/geodata lines

.PHONY: clean
clean: ## Remove everything that was built or installed
	rm -rf bin build node_modules
	find static/dist -mindepth 1 -not -name .gitkeep -delete
