a = [1, 2]
print([*a, 0, *a], (*a, *"xy"), {**{"k": 1}, "j": 2, **{"k": 3}})
print(sorted({*a, *(2, 3)}))
print([*range(3), *{}], *a, *[], sep="-")
try:
    [*5]
except TypeError as error:
    print(error)
try:
    {**[1]}
except TypeError as error:
    print(error)
t = *a, 5
print(t)
for x in *a, *a:
    print(x, end=" ")
print()
