from django.urls import path

from minzheng.online.portal.adoption import views as adoption
from minzheng.online.portal.apply import views as apply
from minzheng.online.portal.booking import views as booking
from minzheng.online.portal.certificates import views as certificates
from minzheng.online.portal.check import views as check
from minzheng.online.portal.consent import views as consent
from minzheng.online.portal.hall import views as hall
from minzheng.online.portal.marriage import views as marriage
from minzheng.online.portal.means import views as means
from minzheng.online.portal.memorial import views as memorial
from minzheng.online.portal.papers import views as papers
from minzheng.online.portal.privacy import views as privacy
from minzheng.online.portal.progress import views as progress
from minzheng.online.portal.received import views as received
from minzheng.online.portal.reminders import views as reminders
from minzheng.online.portal.rescue import views as rescue
from minzheng.online.portal.rows import views as rows
from minzheng.online.portal.services import asking
from minzheng.online.portal.services import views as services
from minzheng.online.portal.speak import views as speak
from minzheng.online.portal.start import views as start

app_name = "portal"
urlpatterns = [
    path("", hall.home, name="home"),
    path("items/<code>/", hall.guide, name="guide"),
    path("items/<code>/start/", start.where, name="where"),
    path("items/<code>/start/organisation/", start.for_organisation, name="for_organisation"),
    path("items/<code>/start/<region>/", start.whom, name="whom"),
    path("items/<code>/start/<region>/self/", start.for_oneself, name="for_oneself"),
    path("items/<code>/start/<region>/other/", start.for_another, name="for_another"),
    path("cases/", progress.mine, name="mine"),
    path("cases/<number>/", progress.case, name="case"),
    path("cases/<number>/sent/", progress.sent, name="sent"),
    path("cases/<number>/corrections/", progress.corrections, name="corrections"),
    path("cases/<number>/decision/", progress.decision, name="decision"),
    path("cases/<number>/means/", means.means, name="means"),
    path("cases/<number>/means/<int:pk>/<slug:field>/", means.objection, name="means_objection"),
    path("cases/<number>/means/consents/<int:pk>/", means.take_back, name="means_take_back"),
    path("cases/<number>/moves/<key>/", progress.move, name="move"),
    path("cases/<number>/check/", check.check, name="check"),
    path("cases/<number>/receipt/", check.receipt, name="receipt"),
    path("cases/<number>/consents/", consent.consents, name="consents"),
    path("cases/<number>/consents/<int:pk>/paper/", consent.paper, name="consent_paper"),
    path("cases/<number>/consents/<int:pk>/blank/", consent.blank, name="consent_blank"),
    path("consents/<int:pk>/", consent.sign, name="sign"),
    path("consents/<int:pk>/signed/", consent.signed, name="signed"),
    path("cases/<number>/papers/<key>/", papers.paper, name="material"),
    path("cases/<number>/apply/", apply.tasks, name="tasks"),
    path("cases/<number>/apply/<section>/<slug>/", apply.question, name="question"),
    path("cases/<number>/apply/<group>/<int:row>/remove/", rows.remove, name="row_remove"),
    path("cases/<number>/apply/<group>/<int:row>/<slug>/", apply.row, name="row"),
    path("speak/", speak.speak, name="speak"),
    path("certificates/", certificates.mine, name="certificates"),
    path("certificates/<int:pk>/", certificates.show, name="certificate"),
    path("certificates/<int:pk>/file/", certificates.file, name="certificate_file"),
    path("certificates/<int:pk>/seal/", certificates.national_seal, name="certificate_seal"),
    path("bookings/", booking.mine, name="bookings"),
    path("bookings/new/<slug:kind>/", booking.counters, name="booking_counters"),
    path("bookings/at/<int:pk>/", booking.days, name="booking_days"),
    path("bookings/at/<int:pk>/<str:day>/", booking.times, name="booking_times"),
    path("bookings/<int:pk>/", booking.show, name="booking"),
    path("bookings/<int:pk>/cancel/", booking.give_up, name="booking_cancel"),
    path("reminders/", reminders.mine, name="reminders"),
    path("memorials/", memorial.mine, name="memorials"),
    path("memorials/<slug:token>/", memorial.show, name="memorial"),
    path("missing/", rescue.mine, name="missing"),
    path("missing/new/", rescue.report, name="missing_report"),
    path("missing/<int:pk>/home/", rescue.came_home, name="missing_home"),
    path("services/", services.mine, name="services"),
    path("services/new/", asking.choose, name="service_choose"),
    path("services/new/<int:pk>/", asking.new, name="service_new"),
    path("services/family/", asking.family, name="service_family"),
    path("services/family/<int:pk>/", asking.representative, name="representative"),
    path("services/<int:pk>/", services.order, name="service"),
    path("adoption/", adoption.mine, name="adoption"),
    path("marriage/", marriage.mine, name="marriage"),
    path("marriage/divorces/<int:pk>/agreement/", marriage.agreement, name="marriage_agreement"),
    path("received/", received.mine, name="received"),
    path("received/<int:pk>/refuse/", received.refuse, name="received_refuse"),
    path("looked/", privacy.looked, name="looked"),
]
