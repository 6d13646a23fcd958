"""Checking an SM2 signature (GB/T 32918.2) in plain Python, beside OpenSSL: two programs that share no line.

Public values only, so it need not be quick or silent about time.
"""

from __future__ import annotations

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
