"""Benefits (待遇): who is entitled to how much in which month, and why. Paying is foundation/payments."""
