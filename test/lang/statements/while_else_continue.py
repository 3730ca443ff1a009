n = 0
while n < 5:
    n += 1
    if n == 2:
        continue
    print(n, end=" ")
else:
    print("done")
i = 10
while i:
    i -= 3
    if i < 0:
        break
else:
    print("zero")
print(i)
