import _circular_a

print(_circular_a.result(), _circular_a.b.back())
