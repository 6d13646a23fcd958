"""What the program is made of, and whether anything of it is known to be unsafe. `make sbom`, `make audit`.

Both need the group `security` (pip-audit, cyclonedx-bom) in .venv, which the program itself does not. The lists go to
var/security/; they are made anew, never committed.
"""

from __future__ import annotations

import json
import subprocess
import sys
from base64 import b64decode
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
BIN = ROOT / ".venv/bin"
OUT = ROOT / "var/security"
LOCK = ROOT / "requirements.lock"
NPM = [ROOT / "frontend/package-lock.json", ROOT / "data/package-lock.json"]
MISSING = "缺少 {}：请先运行 uv pip install --python .venv pip-audit cyclonedx-bom（依赖组 security）。"


def main(what: str) -> int:
    """0 good, 1 something unsafe was found, 2 could not be found out."""
    OUT.mkdir(parents=True, exist_ok=True)
    return {"audit": audit, "sbom": sbom}[what]()


def audit() -> int:
    """Every locked package against the public lists of weaknesses. What could not be asked is never called safe."""
    if not (BIN / "pip-audit").exists():
        print(MISSING.format("pip-audit"), file=sys.stderr)
        return 2
    options = [
        "--disable-pip",
        "--require-hashes",
        "--format=json",
        "--progress-spinner=off",
        "-r",
        str(LOCK),
    ]
    done = subprocess.run([BIN / "pip-audit", *options], capture_output=True, text=True)
    try:
        found: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        print(f"没有查成：{done.stderr.strip()[-500:]}", file=sys.stderr)
        return 2
    (OUT / "pip-audit.json").write_text(done.stdout)
    unsafe = [one for one in found if one.get("vulns")]
    asked = [one for one in found if "skip_reason" not in one]
    for one in unsafe:
        for weakness in one["vulns"]:
            fixed = "、".join(weakness["fix_versions"]) or "尚无"
            print(f"✗ {one['name']} {one['version']}：{weakness['id']}，修复版本 {fixed}")
    print(f"锁定的 {len(found)} 个包，查到 {len(asked)} 个，其中有已知漏洞的 {len(unsafe)} 个。")
    if len(asked) < len(found):
        print(
            f"另有 {len(found) - len(asked)} 个没有查到：本机的软件包索引不提供漏洞信息，或没有网络。"
            "没有查到不等于没有漏洞，请在能访问公共漏洞库的机器上重做。",
            file=sys.stderr,
        )
    return 1 if unsafe else 2 if len(asked) < len(found) else 0


def sbom() -> int:
    """CycloneDX 1.6 of everything installed from the lock files: Python with licences, npm with hashes."""
    if not (BIN / "cyclonedx-py").exists():
        print(MISSING.format("cyclonedx-bom"), file=sys.stderr)
        return 2
    file = OUT / "sbom.json"
    options = ["--of", "JSON", "--output-reproducible", "--pyproject", "pyproject.toml", "-o", str(file)]
    subprocess.run([BIN / "cyclonedx-py", "environment", *options, str(BIN / "python")], cwd=ROOT, check=True)
    content = json.loads(file.read_text())
    python = len(content["components"])
    known = {component["bom-ref"] for component in content["components"]}
    npm = [
        component for lock in NPM for component in npm_components(lock) if component["bom-ref"] not in known
    ]
    content["components"] += {component["bom-ref"]: component for component in npm}.values()
    file.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n")
    print(
        f"软件物料清单（CycloneDX）：{python} 个 Python 组件、{len(content['components']) - python} 个 npm 组件，{file}"
    )
    return 0


def npm_components(lock: Path) -> list[dict[str, Any]]:
    """The packages of a package-lock.json, as CycloneDX components."""
    components = []
    for path, package in json.loads(lock.read_text())["packages"].items():
        if not path:
            continue
        name = path.rpartition("node_modules/")[2]
        purl = f"pkg:npm/{name.replace('@', '%40')}@{package['version']}"
        component: dict[str, Any] = {
            "type": "library",
            "bom-ref": purl,
            "name": name,
            "version": package["version"],
            "purl": purl,
            "scope": "excluded" if package.get("dev") else "required",
        }
        algorithm, _, digest = package.get("integrity", "").partition("-")
        if algorithm == "sha512":
            component["hashes"] = [{"alg": "SHA-512", "content": b64decode(digest).hex()}]
        if isinstance(package.get("license"), str):
            component["licenses"] = [{"license": {"name": package["license"]}}]
        components.append(component)
    return components


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
