# Tokens as the front end makes them.
import _tokenize
def show(src):
    print(ascii(src))
    try:
        for t in _tokenize.TokenizerIter(src): print('  ',ascii(t))
    except Exception as e: print('  ',type(e).__name__, e, getattr(e,'lineno',None), getattr(e,'offset',None))
show("def f(a,\n  b='é'):\n  # c\n\n  return '''x\ny''' + a\nü = 1 if x else 2.5j\n")
show("if 1:\n\tx\n\n"); show("x = (1,\n2)"); show("a\r\nb"); show(""); show("\n\n"); show("'abc"); show("x = $"); show("if 1:\n    x\n  y\n"); show("(1,"); show("0x"); show("# only"); show("a.b->c:=d ...;@e **= async await"); show("x \\\n y\n"); show("'''a"); show("a\n\\")
try: _tokenize.TokenizerIter()
except TypeError as e: print(e)
try: _tokenize.TokenizerIter(3)
except TypeError as e: print(e)
print(type(iter(_tokenize.TokenizerIter("a"))))
