"""资金下达与结余: what came, what was paid, what is left and for how long; and the papers that say so."""

from __future__ import annotations

from itertools import groupby

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.actions import Refused
from minzheng.foundation.funds import actions
from minzheng.foundation.funds.figures import standings
from minzheng.foundation.funds.models import FundPaper, PaperState
from minzheng.foundation.funds.standing import Standing
from minzheng.foundation.idempotency.once import keyed
from minzheng.foundation.regions.models import Region
from minzheng.online.desk.payments.forms import PaperForm
from minzheng.online.ui.formats import money

YEARS = 5  # that the page offers


@permit("payment.read")
def funds(request: HttpRequest) -> HttpResponse:
    """Each county of the user and each programme, for one budget year."""
    this_year = request.access.today.year
    years = range(this_year + 1, this_year + 1 - YEARS, -1)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and int(asked) in years else this_year
    found = standings(request.access.today, request.access.prefixes("payment.read"), year)
    names = dict(Region.objects.filter(pk__in={one.county for one in found}).values_list("pk", "name"))
    waiting = request.access.scope("payment.read", FundPaper.objects.all(), "county_id")
    context = {
        "year": year,
        "years": years,
        "counties": [
            (names.get(county, county), _county(list(rows)))
            for county, rows in groupby(found, key=lambda one: one.county)
        ],
        "names": ["已发", "在途", "可用余额", "提前下达，年度未到"],
        "low": [one for one in found if one.is_low and year == this_year],
        "waiting": waiting.filter(state=PaperState.WAITING).count(),
        "may_make": request.access.may("payment.make"),
    }
    return render(request, "desk/payments/funds.html", context)


def _county(found: list[Standing]) -> dict[str, object]:
    """What the page shows of one county: the picture and the programmes."""
    parts = [(one.total.paid, one.total.transit, one.total.available, one.total.waiting) for one in found]
    return {
        "bars": [
            (one.title, [fen / 100 for fen in fens], _words(one), one.total.budget / 100 or None)
            for one, fens in zip(found, parts, strict=True)
        ],
        "programmes": found,
    }


def _words(standing: Standing) -> str:
    share = "" if standing.execution is None else f"，执行率 {standing.execution:.1f}%"
    return f"可用余额 {money(standing.total.available)}{share}"


@permit("payment.make", fresh=True)
@keyed
def paper(request: HttpRequest) -> HttpResponse:
    """Enter a paper; it counts once another person has checked it."""
    form = PaperForm(request.access, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = actions.register(
                request.access,
                given["county"],
                amount_fen=given["amount"],
                **{key: given[key] for key in ("kind", "number", "programme", "fund", "year")},
                **{key: given[key] for key in ("issued_on", "arrived_on")},
            )
        except Refused as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, f"{made} 已登记，请另一位同志复核后记账。")
            return redirect("registers:detail", "fund-papers", made.pk)
    trail = [("资金下达与结余", "/desk/payments/funds/"), ("登记资金文件", "")]
    return render(request, "desk/payments/paper.html", {"form": form, "trail": trail})
