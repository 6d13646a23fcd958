"""Checking an SM2 signature (GB/T 32918.2) in plain Python, beside OpenSSL: two programs that share no line.

Public values only, so it need not be quick or silent about time. `make_national_seal` sets an office up by OpenSSL.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

from asn1crypto import cms, core
from cryptography.hazmat.primitives.hashes import SM3, Hash

P = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF
A = P - 3
B = 0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93
N = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
G = (
    0x32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7,
    0xBC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0,
)
Point = tuple[int, int] | None
ID = "distid:1234567812345678"


def sm3(*parts: bytes) -> bytes:
    digest = Hash(SM3())
    for part in parts:
        digest.update(part)
    return digest.finalize()


def add(one: Point, two: Point) -> Point:
    if one is None or two is None:
        return two if one is None else one
    (x, y), (u, v) = one, two
    if x == u and (y + v) % P == 0:
        return None
    slope = (3 * x * x + A) * pow(2 * y, -1, P) if one == two else (v - y) * pow(u - x, -1, P)
    w = (slope * slope - x - u) % P
    return w, (slope * (x - w) - y) % P


def times(number: int, point: Point) -> Point:
    total: Point = None
    while number:
        if number & 1:
            total = add(total, point)
        point, number = add(point, point), number >> 1
    return total


def is_signed(
    message: bytes, r: int, s: int, public: tuple[int, int], who: bytes = b"1234567812345678"
) -> bool:
    """Whether (r, s) is the signature of the message under the public key, for this signer's ID."""
    x, y = public
    if (y * y - x * x * x - A * x - B) % P or not 0 < r < N or not 0 < s < N or (r + s) % N == 0:
        return False
    numbers = b"".join(one.to_bytes(32) for one in (A, B, *G, *public))
    z = sm3((len(who) * 8).to_bytes(2), who, numbers)
    found = add(times(s, G), times((r + s) % N, public))
    return found is not None and (int.from_bytes(sm3(z, message)) + found[0]) % N == r


def holds(body: bytes, message: bytes) -> bool:
    """Whether the CMS message signs this body, by the certificate inside it."""
    signed = cms.ContentInfo.load(message)["content"]
    (signer,) = signed["signer_infos"]
    assert signer["digest_algorithm"]["algorithm"].dotted == "1.2.156.10197.1.401"
    assert signer["signature_algorithm"]["algorithm"].dotted == "1.2.156.10197.1.501"
    said = {one["type"].native: one["values"][0].native for one in signer["signed_attrs"]}
    point = (
        signed["certificates"][0].chosen["tbs_certificate"]["subject_public_key_info"]["public_key"].native
    )
    public = (int.from_bytes(point[1:33]), int.from_bytes(point[33:65]))
    r, s = core.SequenceOf.load(signer["signature"].native, spec=core.Integer).native
    return said["message_digest"] == sm3(body) and is_signed(
        signer["signed_attrs"].untag().dump(), r, s, public
    )


def make_national_seal(folder: Path, password: str, region: str = "431227000000") -> None:
    """The office's key, encrypted, and its certificate below an authority of its own, as the documents lay them down."""

    def openssl(*arguments: object) -> None:
        given = [str(argument) for argument in arguments]
        subprocess.run(["openssl", *given], check=True, capture_output=True, env={"SEAL": password})

    root, office = folder / "national-root", folder / f"{region}.sm2"
    key = ("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:SM2", "-out")
    openssl(*key, f"{root}.key")
    of_root = ("-sm3", "-sigopt", ID, "-key", f"{root}.key", "-subj", "/CN=root", "-days", "9")
    openssl("req", "-new", "-x509", *of_root, "-out", f"{root}.sm2.pem")
    openssl(*key, f"{office}.key", "-aes-256-cbc", "-pass", "env:SEAL")
    asked = ("-sm3", "-sigopt", ID, "-passin", "env:SEAL", "-subj", "/CN=county", "-out", f"{office}.csr")
    openssl("req", "-new", "-key", f"{office}.key", *asked)
    by = (
        "-CA",
        f"{root}.sm2.pem",
        "-CAkey",
        f"{root}.key",
        "-vfyopt",
        ID,
        "-sigopt",
        ID,
        "-sm3",
        "-days",
        "9",
    )
    openssl("x509", "-req", "-in", f"{office}.csr", *by, "-out", f"{office}.pem")
    openssl("verify", "-vfyopt", ID, "-CAfile", f"{root}.sm2.pem", f"{office}.pem")
