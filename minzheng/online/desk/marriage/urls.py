from django.urls import path

from minzheng.online.desk.marriage import archive, care, declined, divorces, views

app_name = "marriage"
urlpatterns = [
    path("", views.index, name="index"),
    path("wedding/", views.wedding, name="wedding"),
    path("rows/<int:pk>/", views.row, name="row"),
    path("rows/<int:pk>/copies/<int:copy>/", views.copy, name="copy"),
    path("rows/<int:pk>/again/", archive.again, name="again"),
    path("rows/<int:pk>/search/", archive.search, name="search"),
    path("rows/<int:pk>/scan/", archive.scan, name="scan"),
    path("rows/<int:pk>/verify/", archive.verify, name="verify"),
    path("declined/<int:pk>/", declined.show, name="declined"),
    path("declined/<int:pk>/copies/<int:copy>/", declined.copy, name="declined_copy"),
    path("searches/<int:pk>/", archive.extract, name="extract"),
    path("archive/", archive.find, name="archive"),
    path("archive/old/", archive.old, name="old"),
    path("archive/old/template/", archive.blank, name="blank"),
    path("divorces/new/", divorces.new, name="divorce_new"),
    path("divorces/<int:pk>/", divorces.show, name="divorce"),
    path("divorces/<int:pk>/receipt/", divorces.receipt, name="receipt"),
    path("divorces/<int:pk>/agreement/", divorces.agreement, name="agreement"),
    path("counsel/new/", care.counsel, name="counsel"),
    path("counsel/<int:pk>/notes/", care.notes, name="notes"),
    path("alerts/new/", care.alert, name="alert"),
    path("credit/new/", care.credit, name="credit"),
]
