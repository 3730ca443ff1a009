x, name, d = 5, "krait", {"k": [1, 2]}
print(f"{x} {x+1} {x * 2:>5} {name!r:>10} {d['k'][0]}")
print(f"{f'{x}' + f'{x:{x}}'}|{x:{'>'}{x+3}}|{3.14159:.{x-3}f}")
print(f"{{}} {{{x}}} {'{'} {x:}" f"{'a' 'b'}" "tail {x}")
print(f"{(lambda v: v * 2)(x)} {[i for i in range(3)]} {x if x > 3 else 0} {x!s}{x!a}")
print(f'{x:05d} {x:+} {-x:<4}|{x:^9}|{x:*^9}| {x:#x} {x:,}')
print(f"""multi
{x
 + 1}
line""")
print(rf"\d{x}\n", fr"{name}\t", F"{x}")
print(f"{'yes' if x else 'no'}{','.join(str(i) for i in range(3))}{ {'a': 1}['a'] }")
