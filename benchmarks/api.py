"""Looking one person up over the open interface: python -m benchmarks.api [people] [seconds], 20,000 and 8 by default

Prints one JSON line. The server is granian as in production, one process; the caller a process of its own with eight
connections that stay open. Every look-up checks the token, counts the call, finds person and benefits, and leaves an audit
entry and a line in the exchange log, committed to disk. The peer within the same run is a bare Django view without database
that gives back the very same bytes: the ratio says what rights, record and answer cost. The two take turns.
`batch`: a thousand people in one request. Everything happens in an embedded database of its own, gone afterwards.
"""

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median, quantiles

CONNECTIONS = 8
ROUNDS = 3
BARE = """
from django.conf import settings
settings.configure(ROOT_URLCONF="bare", ALLOWED_HOSTS=["*"], SECRET_KEY="x", DEBUG=False)
import json
from pathlib import Path
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import re_path
ANSWER = Path(__file__).with_name("answer.json").read_bytes()
def view(request):
    json.loads(request.body)
    return HttpResponse(ANSWER, content_type="application/json; charset=utf-8")
urlpatterns = [re_path("", view)]
application = get_wsgi_application()
"""
LOOKUP, BATCH = "/api/v1/status/enquiries", "/api/v1/status/enquiries/batch"


def serve(target: str, folder: Path) -> tuple[subprocess.Popen[bytes], int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--workers", "1"]
    command += ["--blocking-threads", str(CONNECTIONS), "--no-ws", "--log-level", "error", target]
    paths = os.pathsep.join([str(folder), str(Path(__file__).parents[1])])
    process = subprocess.Popen(command, env=os.environ | {"PYTHONPATH": paths})  # noqa: S603  our own interpreter
    for _ in range(600):
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                return process, port
        time.sleep(0.1)
    raise SystemExit("the server did not come up")


def call(
    port: int, path: str, bodies: list[bytes], headers: dict[str, str], seconds: float
) -> tuple[float, float, bytes]:
    """(calls per second, 95th percentile in ms, the last answer)."""
    end = time.perf_counter() + seconds

    def some(offset: int) -> tuple[list[float], bytes]:
        line = http.client.HTTPConnection("127.0.0.1", port)
        took, answer, place = [], b"", offset
        while (start := time.perf_counter()) < end:
            line.request("POST", path, bodies[place % len(bodies)], headers)
            reply = line.getresponse()
            answer = reply.read()
            if reply.status != 200:
                raise SystemExit(f"{reply.status}: {answer.decode()}")
            took.append((time.perf_counter() - start) * 1000)
            place += CONNECTIONS
        return took, answer

    start = time.perf_counter()
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        found = list(pool.map(some, range(CONNECTIONS)))
    took = [one for times, _ in found for one in times]
    return len(took) / (time.perf_counter() - start), quantiles(took, n=20)[18], found[0][1]


def prepare(people: int) -> tuple[str, list[str]]:
    """(a token, the people's numbers)."""
    import datetime as dt

    from allauth.idp.oidc.models import Token
    from django.utils import timezone

    from benchmarks.scratch import scratch_county
    from minzheng.foundation.accounts.access import Access
    from minzheng.foundation.accounts.models import Assignment, Role
    from minzheng.online.api.actions import register_client
    from minzheng.online.api.models import ApiClient, Kind

    officer, county, numbers = scratch_county(people, os.environ["MINZHENG_VAR"])
    Assignment.objects.create(user=officer, role=Role.SYSTEM_ADMIN, region=county, since=dt.date(2000, 1, 1))
    today = dt.date.today()
    client = ApiClient(
        kind=Kind.PARTNER, name="试验系统", department="试验单位", contact="试验科", basis="试验", region=county, since=today,
        until=today + dt.timedelta(days=9), purposes=["service"], calls_per_minute=10**8,
    )  # fmt: skip
    register_client(Access(officer), client, ["status.enquire"])
    token = Token(type="at", client=client.oidc, expires_at=timezone.now() + dt.timedelta(hours=1))
    token.set_value("benchmark")
    token.set_scopes(["status.enquire"])
    token.save()
    return "benchmark", numbers


def measure(people: int, seconds: float, folder: Path) -> dict[str, object]:
    from django.db import connections

    token, numbers = prepare(people)
    connections.close_all()
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    persons = [{"id_no": number, "name": "某人"} for number in numbers]
    asked = [json.dumps(one | {"purpose": "service", "basis": "试验核实"}).encode() for one in persons]
    many = json.dumps({"persons": persons[:1000], "purpose": "service", "basis": "试验核实"}).encode()
    ours, port = serve("minzheng.wsgi:application", folder)
    bare = None
    try:
        *_, answer = call(port, LOOKUP, asked, headers, 2)  # warm
        (folder / "answer.json").write_bytes(answer)
        (folder / "bare.py").write_text(BARE)
        bare, bare_port = serve("bare:application", folder)
        rounds = [
            tuple(call(one, LOOKUP, asked, headers, seconds) for one in (bare_port, port))
            for _ in range(ROUNDS)
        ]
        batches, batch_p95, _ = call(port, BATCH, [many], headers, seconds)
    finally:
        for process in (ours, bare):
            if process is not None:
                process.terminate()
                process.wait(timeout=20)
    return {
        "benchmark": "api",
        "people": people,
        "connections": CONNECTIONS,
        "cores": os.cpu_count(),
        "lookups_per_s": round(median(mine for _, (mine, *_) in rounds)),
        "lookup_p95_ms": round(median(p95 for _, (_, p95, _) in rounds), 1),
        "bare_view_per_s": round(median(peer for (peer, *_), _ in rounds)),
        "ratio": round(median(mine / peer for (peer, *_), (mine, *_) in rounds), 3),
        "batch_persons_per_s": round(batches * min(1000, people)),
        "batch_p95_ms": round(batch_p95, 1),
    }


def main(people: int, seconds: float) -> None:
    from benchmarks.scratch import installation

    with installation() as folder:
        print(json.dumps(measure(people, seconds, folder), ensure_ascii=False))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000, float(sys.argv[2]) if len(sys.argv) > 2 else 8)
