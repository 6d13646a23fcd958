"""The finance office's pages: batches, the bank's answers, the monthly proof, the books, recoveries."""
