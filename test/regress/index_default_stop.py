# The default of stop, 2**63 - 1, was tagged as a small int and became negative.
print((1, 2).index(2), [1, 2, 3].index(3), [5, 6].index(6, 1))
