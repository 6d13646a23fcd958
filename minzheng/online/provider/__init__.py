"""The provider's page on a phone: what is offered, what is taken, and proof of what was done."""
