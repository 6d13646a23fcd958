from django.urls import include, path

from minzheng.online.desk.ability import views as ability
from minzheng.online.desk.accounts import resets
from minzheng.online.desk.accounts import views as accounts
from minzheng.online.desk.audit import views as audit
from minzheng.online.desk.booking import views as booking
from minzheng.online.desk.cases import views as cases
from minzheng.online.desk.certificates import views as certificates
from minzheng.online.desk.clearing import views as clearing
from minzheng.online.desk.dispatch import views as dispatch
from minzheng.online.desk.elders import basics as elder_basics
from minzheng.online.desk.elders import daycare, oversight
from minzheng.online.desk.exchange import views as exchange
from minzheng.online.desk.home import views as home
from minzheng.online.desk.intake import papers
from minzheng.online.desk.intake import views as intake
from minzheng.online.desk.life_events import views as life_events
from minzheng.online.desk.map.views import facility_map
from minzheng.online.desk.notices import views as notices
from minzheng.online.desk.people import views as people
from minzheng.online.desk.relative import views as relative
from minzheng.online.desk.search import views as search
from minzheng.online.desk.signals import views as signals
from minzheng.online.desk.tekun import views as tekun
from minzheng.online.desk.upkeep import views as upkeep
from minzheng.online.desk.worklists import views as worklists

app_name = "desk"
urlpatterns = [
    path("", home.home, name="home"),
    path("identity/", home.identity, name="identity"),
    path("search/", search.search, name="search"),
    path("todo/", worklists.todo_list, name="todo"),
    path("done/", worklists.done_list, name="done"),
    path("watched/", worklists.watched_list, name="watched"),
    path("intake/", intake.start, name="intake"),
    path("intake/<slug:number>/", intake.review, name="intake_review"),
    path("intake/<slug:number>/hand-in/", intake.hand_in, name="intake_hand_in"),
    path("intake/<slug:number>/section/<slug:key>/", intake.section, name="intake_section"),
    path("intake/<slug:number>/sign/<int:member>/", papers.sign, name="intake_sign"),
    path("intake/<slug:number>/material/<slug:key>/", papers.material, name="intake_material"),
    path("cases/<slug:number>/", cases.case, name="case"),
    path("cases/<slug:number>/moves/<slug:key>/", cases.move, name="case_move"),
    path("ability/<slug:number>/", ability.sheet, name="ability"),
    path("ability/<slug:number>/draft/", ability.draft, name="ability_draft"),
    path("cases/<slug:number>/notices/<int:pk>/", notices.notice, name="notice"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/reveal/", people.reveal, name="person_reveal"),
    path("people/<int:pk>/events/new/", life_events.new, name="life_event_new"),
    path("life-events/<int:pk>/", life_events.event, name="life_event"),
    path("life-events/<int:pk>/undo/", life_events.undo, name="life_event_undo"),
    path("households/<int:pk>/", people.household, name="household"),
    path("clearing/", clearing.board, name="clearing"),
    path("clearing/<int:code>/", clearing.board, name="clearing_region"),
    path("findings/<int:pk>/", clearing.finding, name="finding"),
    path("accounts/", accounts.accounts, name="accounts"),
    path("accounts/new/", accounts.new, name="account_new"),
    path("accounts/resets/", resets.resets, name="resets"),
    path("accounts/resets/new/", resets.ask, name="reset_ask"),
    path("accounts/resets/<int:pk>/", resets.decide, name="reset_decide"),
    path("accounts/<int:pk>/", accounts.account, name="account"),
    path("accounts/<int:pk>/ask/", accounts.ask, name="account_ask"),
    path("accounts/<int:pk>/close/", accounts.close, name="account_close"),
    path("accounts/<int:pk>/log-out/", accounts.log_out, name="account_log_out"),
    path("accounts/requests/<int:pk>/", accounts.decide, name="account_decide"),
    path("accounts/roles/<int:pk>/end/", accounts.end, name="account_end"),
    path("audit/", audit.trail, name="audit"),
    path("upkeep/", upkeep.upkeep, name="upkeep"),
    path("bookings/", booking.day, name="bookings"),
    path("bookings/counters/new/", booking.new, name="booking_new"),
    path("bookings/counters/<int:pk>/special/", booking.special, name="booking_special"),
    path("bookings/counters/<int:pk>/guest/", booking.guest, name="booking_guest"),
    path("bookings/<int:pk>/<slug:way>/", booking.settle, name="booking_settle"),
    path("certificates/synchronous/", certificates.synchronous, name="certificates_synchronous"),
    path("certificates/print/", certificates.batch, name="certificates_print"),
    path("certificates/<int:pk>/file/", certificates.file, name="certificate_file"),
    path("certificates/<int:pk>/seal/", certificates.national_seal, name="certificate_seal"),
    path("children/", include("minzheng.online.desk.children.urls")),
    path("referrals/", include("minzheng.online.desk.referrals.urls")),
    path("marriage/", include("minzheng.online.desk.marriage.urls")),
    path("adoption/", include("minzheng.online.desk.adoption.urls")),
    path("funeral/", include("minzheng.online.desk.funeral.urls")),
    path("rescue/", include("minzheng.online.desk.rescue.urls")),
    path("tekun/<int:pk>/admit/", tekun.admit, name="tekun_admit"),
    path("relative-poverty/<int:pk>/", relative.study, name="relative"),
    path("checks/", include("minzheng.online.desk.checks.urls")),
    path("sources/", exchange.catalogue, name="sources"),
    path("signals/", signals.index, name="signals"),
    path("signals/groups/", signals.groups, name="groups"),
    path("signals/sweeps/", signals.sweeps, name="sweeps"),
    path("signals/sweeps/new/", signals.new_sweep, name="new_sweep"),
    path("signals/sweeps/<int:pk>/", signals.sweep, name="sweep"),
    path("signals/<slug:code>/", signals.signal, name="signal"),
    path("data/", include("minzheng.online.desk.data.urls")),
    path("payments/", include("minzheng.online.desk.payments.urls")),
    path("map/", facility_map, name="map"),
    path("homes/", include("minzheng.online.desk.homes.urls")),
    path("services/", include("minzheng.online.desk.services.urls")),
    path("elders/basics/", elder_basics.basics, name="elder_basics"),
    path("elders/day-care/", daycare.index, name="day_cares"),
    path("elders/day-care/<int:pk>/", daycare.centre, name="day_care"),
    path("oversight/", oversight.board, name="oversight"),
    path("oversight/<int:pk>/penalty/", oversight.penalty, name="oversight_penalty"),
    path("dispatch/", dispatch.wall, name="dispatch"),
    path("dispatch/alarms/<int:pk>/", dispatch.alarm, name="dispatch_alarm"),
    path("one-offs/", include("minzheng.online.desk.oneoffs.urls")),
    path("uprating/", include("minzheng.online.desk.uprating.urls")),
    path("reserves/", include("minzheng.online.desk.reserves.urls")),
    path("indicators/", include("minzheng.online.desk.indicators.urls")),
    path("targets/", include("minzheng.online.desk.targets.urls")),
    path("programmes/", include("minzheng.online.desk.programmes.urls")),
    path("ratings/", include("minzheng.online.desk.ratings.urls")),
    path("statistics/", include("minzheng.online.desk.statistics.urls")),
]
