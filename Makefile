# The usual names for what `./dev` does; `make` or `make help` lists them.
.PHONY: help build demo test check samples docs speed wheel archive python site
.DEFAULT_GOAL := help
help build demo test check samples docs speed wheel archive python site:
	@./dev $@
