"""One-off payments (一次性发放): everybody who holds certain rights on a day is paid once, by the same lists as any month."""
