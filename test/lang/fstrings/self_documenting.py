x, y = 5, "s"
print(f"{x=} {y=} {x = } {x+1=}")
print(f"{x=:>5} {y=!s} {y=!r:^7} { x=}")
print(f"{x  =  } {(x, y)=} {[i for i in range(2)]=}")
print(f"{len(y)=}")
