import _md5,_sha1,_sha256,_sha512
for f in (_md5.md5,_sha1.sha1,_sha256.sha224,_sha256.sha256,_sha512.sha384,_sha512.sha512):
    h=f(b"abc"); print(h.name,h.hexdigest(), f().hexdigest(), h.digest_size,h.block_size)
    for n in (55,56,63,64,111,112,119,127,128,1000):
        h=f(); 
        for i in range(n): h.update(b"x")
        print(f(b"x"*n).hexdigest(), h.copy().hexdigest()==f(b"x"*n).hexdigest())
    try: f("s")
    except TypeError as e: print(e)
    try: f(1)
    except TypeError as e: print(e)
import hashlib
for n in ("sha3_224","sha3_256","sha3_384","sha3_512","blake2b","blake2s"):
    for l in (0,1,64,71,72,127,128,129,136,143,144,1000):
        h=hashlib.new(n, b"x"*l) if 0 else getattr(hashlib,n)(b"x"*l); print(n,l,h.hexdigest(),h.copy().digest()==h.digest(),h.digest_size,h.block_size)
for n in ("shake_128","shake_256"):
    print(getattr(hashlib,n)(b"abc").hexdigest(400))
print(hashlib.blake2b(b"x", key=b"k", digest_size=20, salt=b"s", person=b"p").hexdigest(), hashlib.blake2s(b"x",key=b"kk",node_offset=5,last_node=True).hexdigest())
try: hashlib.blake2b(digest_size=65)
except ValueError as e: print(e)
print(hashlib.md5(b"a").hexdigest(), hashlib.sha256(b"b").hexdigest())
