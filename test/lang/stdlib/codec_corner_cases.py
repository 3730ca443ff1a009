# Codecs: unfinished surrogates, replacements that do not fit, names as search functions see them.
import codecs, warnings
d=codecs.getincrementaldecoder('utf-8')('surrogatepass')
for p in (b'\xed',b'\xed\xa0',b'\xed\xa0\x80',b'\xf4'):
    d.reset()
    try: print(p, repr(d.decode(p,False)), d.getstate())
    except Exception as e: print(p,e)
d=codecs.getincrementaldecoder('utf-8')()
for p in (b'\xed',b'\xed\xa0',b'\xed\xa0\x80',b'\xf4\x90', b'\xe0\x80', b'\xf0\x80'):
    d.reset()
    try: print(p, repr(d.decode(p,False)), d.getstate())
    except Exception as e: print(p,e)
for raw in (b'a+2AE\xffb', b'a+2AE\xe1', b'+2AE-b', b'a+IKwgrNgB\xffb',b'a+2AHYAQ\xffb', b'a+2AHcAQ-'):
    print(ascii(raw.decode('utf-7','replace')))
warnings.simplefilter('always')
import sys
warnings.showwarning=lambda m,c,*a: print(c.__name__,m)
print(codecs.escape_decode(br"\c"), codecs.escape_decode(br"\8"), codecs.escape_decode(br"\501"), codecs.escape_decode(br'[\x410]'))
print(b"\\\x7f".decode('unicode_escape'),)
def search(name): 
    print(name)
    return (1,2,3,4)if name.startswith('x_y') else None
codecs.register(search)
for n in ('x_y z','X-Y\u20ac','x_y\xe9', 'x_y!!z', 'x.y'):
    try: print(codecs.lookup(n))
    except Exception as e: print(type(e),e)
class E:
    pass
codecs.register_error('rr', lambda e: (b'ab' if isinstance(e,UnicodeEncodeError) else '', e.end))
codecs.register_error('ss', lambda e: ('\u20ac', e.end))
for enc,err in (('utf-16-le','rr'),('utf-32-be','rr'),('utf-8','ss'),('utf-16','ss'),('utf-8','rr'), ('utf-7','ss')):
    try: print(enc,err,'a\udc80b'.encode(enc,err))
    except Exception as e: print(enc,err,type(e),e)
codecs.register_error('tt', lambda e: (b'a', e.end))
for enc,err in (('utf-16-le','tt'),('utf-32-be','tt'),('utf-16','tt')):
    try: print(enc,err,'a\udc80b'.encode(enc,err))
    except Exception as e: print(enc,err,type(e),e)
