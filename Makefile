# Everything starts here. `make demo` on a fresh machine needs git, make and Python 3.11+.
PYTHON ?= python3
RUN := .venv/bin/

.PHONY: demo test faults fuzz lint bench docs audit sbom set-up

demo: set-up          ## 演示：装好、备好数据、办完一遍主业务、打开网站（ONCE=1 则不开网站，FRESH=1 则清空演示数据重来）
	@$(RUN)minzheng demo $(if $(ONCE),--once) $(if $(FRESH),--fresh) $(if $(PORT),--port $(PORT))

test: set-up          ## 全部测试，含 PostgreSQL 与浏览器
	@$(PYTHON) scripts/set_up.py browser
	@$(RUN)python -m pytest -n 2

faults: set-up        ## 故障测试：杀进程、杀数据库、并发重复请求（SEED=7 POINTS=200 LINES=20000）
	$(RUN)python -m tests.faults $(if $(SEED),--seed $(SEED)) $(if $(POINTS),--points $(POINTS)) $(if $(LINES),--lines $(LINES))

lint: set-up          ## 规范、类型、分层
	$(RUN)ruff check .
	$(RUN)mypy
	$(RUN)lint-imports

fuzz: set-up          ## 接口模糊测试：每个操作五千次（FUZZ=200 则二百次）；中断后再运行，已通过的不再试（AGAIN=1 全部重来）
	@$(if $(AGAIN),rm -rf var/fuzz)
	@FUZZ=$(or $(FUZZ),5000) $(RUN)python -m pytest -n logical --dist worksteal -v minzheng/online/api/tests/test_fuzz.py

bench: set-up         ## 可复现的性能测量
	$(RUN)python -m benchmarks

docs: set-up          ## 由代码生成的文档
	$(RUN)minzheng docs

audit:                ## 已知漏洞：锁定的依赖包逐个查（需要网络和依赖组 security）
	@$(PYTHON) scripts/supply_chain.py audit

sbom:                 ## 软件物料清单（CycloneDX），写到 var/security/sbom.json
	@$(PYTHON) scripts/supply_chain.py sbom

set-up:
	@$(PYTHON) scripts/set_up.py
