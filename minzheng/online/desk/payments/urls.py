from django.urls import path, re_path

from minzheng.online.desk.payments import answers, books, funds, moves, views

app_name = "payments"
urlpatterns = [
    path("", views.batches, name="batches"),
    path("new/", views.new, name="new"),
    path("ledger/", books.ledger, name="ledger"),
    path("funds/", funds.funds, name="funds"),
    path("funds/new/", funds.paper, name="paper"),
    path("proof/", books.proof, name="proof"),
    path("recoveries/", books.recoveries, name="recoveries"),
    re_path(r"^recoveries/(?P<pk>\d+)/(?P<act>returned|propose|write-off)/$", books.recover, name="recover"),
    path("answers/<int:pk>/", answers.answer, name="answer"),
    path("<int:pk>/", views.batch, name="batch"),
    path("<int:pk>/lines/", views.lines, name="lines"),
    path("<int:pk>/freeze/", moves.freeze, name="freeze"),
    path("<int:pk>/check/", moves.check, name="check"),
    path("<int:pk>/send-back/", moves.send_back, name="send_back"),
    path("<int:pk>/send/", moves.send, name="send"),
    path("<int:pk>/deliver/", moves.deliver, name="deliver"),
    path("<int:pk>/enquire/", moves.enquire, name="enquire"),
    path("<int:pk>/fetch/", moves.fetch, name="fetch"),
    path("<int:pk>/discard/", moves.discard, name="discard"),
    path("<int:pk>/close/", moves.close, name="close"),
    path("<int:pk>/answer/", answers.import_answer, name="import"),
    re_path(r"^(?P<pk>\d+)/file\.(?P<suffix>txt|xlsx|zip)$", answers.download, name="download"),
]
