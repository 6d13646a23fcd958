"""What the project is made of comes by hash, names no registry, and no secret lies in the tree."""

import json
import re
import subprocess

import pytest

from scripts.supply_chain import LOCK, NPM, ROOT, npm_components

# Shapes of secrets; the last two catch what somebody types in a hurry.
SECRETS = {
    "private key": rb"-----BEGIN (?:[A-Z0-9]+ )*PRIVATE KEY-----",
    "cloud key": rb"\b(?:AKIA|ASIA)[0-9A-Z]{16}\b|\bLTAI[0-9A-Za-z]{12,20}\b|\bAKID[0-9A-Za-z]{32}\b",
    "code host token": rb"\b(?:ghp|gho|ghs|ghu)_[0-9A-Za-z]{36}\b|\bgithub_pat_\w{50,}|\bglpat-[\w-]{20}\b",
    "other token": rb"\bxox[baprs]-[0-9A-Za-z-]{10,}|\bsk-[0-9A-Za-z]{32,}\b|\beyJ[\w-]{20,}\.eyJ[\w-]{20,}\.[\w-]{20,}",
    "address with password": rb"\w+://[^\s/:@{}<>]+:(?!password@)[^\s/:@{}<>$]{3,}@(?!host\b|localhost|127\.)[\w.-]+\.\w+",
    "assigned secret": rb"(?i)(?:secret_key|api_key|access_token|client_secret)\s*=\s*[\"'][\w/+=-]{24,}[\"']",
}
PACKAGE = re.compile(r"^\S+==[\w.+!-]+( ; [^\\]+)? \\$")


def tracked() -> list[str]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    return [name for name in listed.stdout.decode().split("\0") if name and (ROOT / name).is_file()]


def test_it_keeps_no_secret_in_the_tree():
    found = []
    for name in tracked():
        content = (ROOT / name).read_bytes()
        found += [f"{name}: {what}" for what, shape in SECRETS.items() if re.search(shape, content)]
    assert found == []


@pytest.mark.parametrize(
    "text",
    [
        b"-----BEGIN " + b"PRIVATE KEY-----",
        b"AKIA" + b"ABCDEFGHIJKLMNOP",
        b"ghp_" + b"a" * 36,
        b"postgresql://minzheng:" + b"hunter22@db.example.cn/x",
        b'SECRET_KEY = "' + b"a1" * 20 + b'"',
    ],
)
def test_it_knows_a_secret_when_it_sees_one(text):
    assert any(re.search(shape, text) for shape in SECRETS.values())


def test_it_pins_every_python_package_by_version_and_hash():
    blocks = re.split(r"\n(?=\S)", LOCK.read_text().strip())
    assert len(blocks) > 50
    for block in blocks:
        assert PACKAGE.match(block.splitlines()[0].strip()), block[:80]
        assert "--hash=sha256:" in block, block[:80]


def test_it_pins_every_npm_package_by_hash_and_names_no_registry():
    for lock in NPM:
        packages = {
            path: package for path, package in json.loads(lock.read_text())["packages"].items() if path
        }
        assert packages and all(package["integrity"].startswith("sha512-") for package in packages.values())
        assert not any("resolved" in package for package in packages.values())


def test_it_lists_every_npm_package_with_its_hash_in_the_bill_of_materials():
    components = npm_components(NPM[0])
    assert {"echarts", "htmx.org", "esbuild"} <= {component["name"] for component in components}
    assert all(len(component["hashes"][0]["content"]) == 128 for component in components)
