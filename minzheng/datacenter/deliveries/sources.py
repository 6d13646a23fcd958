"""The files that come in, as entries of the sharing catalogue."""

from minzheng.datacenter.deliveries import deliveries
from minzheng.datacenter.deliveries.words import FileFormat

SOURCES = tuple(form.as_source() for form in vars(deliveries).values() if isinstance(form, FileFormat))
