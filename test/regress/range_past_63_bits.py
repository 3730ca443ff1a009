# The quick iterator was used although the last items do not fit 64 bits.
print(list(range(2**63 - 2, 2**63 + 2)), list(range(-(2**63) + 1, -(2**63) - 2, -1)))
