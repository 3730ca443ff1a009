# zlib: streams, checksums, dictionaries, errors.
import zlib
def t(s):
    try: r=repr(eval(s)); print(s[:70],'->',r[:120])
    except BaseException as e: print(s[:70],'->',type(e).__module__,type(e).__name__, e)
d=b'hello world'*30
z=zlib.compress(d)
o=None
for s in ['zlib.compress("x")','zlib.compress(d,99)','zlib.compress(d,wbits=99)','zlib.decompress(b"")','zlib.decompress(b"abc")','zlib.decompress(z[:-3])','zlib.decompress(z,bufsize=0)','zlib.decompress(z,bufsize=-1)','zlib.decompress(z,wbits=-15)','zlib.decompress(z+b"x")','zlib.decompress(z,wbits=99)','zlib.decompressobj(99)','zlib.compressobj(99)','zlib.compressobj(1,2,3,4,5,6,7,8)','zlib.compressobj(zdict="x")','zlib.decompressobj(zdict="x")','zlib.decompressobj(zdict=3)','zlib.compressobj(wbits=1)','zlib.crc32("x")','zlib.crc32(b"x",-1)','zlib.crc32(b"x",2**40)','zlib.adler32(b"abc"*9999,7)','zlib.crc32(b"")','zlib.adler32(b"")','zlib.compressobj().flush(99)','zlib.compressobj().flush(zlib.Z_NO_FLUSH)','zlib.decompressobj().decompress(b"abc")','zlib.decompressobj().flush(0)','zlib.decompressobj().flush(-1)','zlib.decompressobj().decompress(z,-1)','zlib.decompressobj().decompress(z,5)','zlib.decompressobj().unused_data','zlib.decompressobj().unconsumed_tail','zlib.decompressobj().eof','type(zlib.compressobj())()','zlib.ZLIB_VERSION','zlib.DEF_BUF_SIZE','zlib.DEF_MEM_LEVEL','zlib.__version__','copy.copy(zlib.compressobj())','import pickle','zlib.decompressobj().decompress(z[:5])+zlib.decompressobj().flush()','zlib.compress(d,level=0)[:20]','zlib.compress(d,1,-15)[:20]','type(zlib.decompressobj())','zlib.decompressobj(15,b"x").decompress(z)[:3]','zlib.decompressobj(zdict=b"hello").decompress(zlib.compressobj(zdict=b"hello").compress(b"x"))','zlib.decompress(zlib.compressobj(zdict=b"hello").flush())','zlib.Z_TREES']: t(s)
c=zlib.compressobj(zdict=b"hello"); x=c.compress(b'hello')+c.flush(); t('zlib.decompress(x)'); t('zlib.decompressobj().decompress(x)'); t('zlib.decompressobj(zdict=b"hullo").decompress(x)'); t('zlib.decompressobj(zdict=b"hello").decompress(x)')
t('c.compress(b"a")'); t('c.flush()'); t('c.copy()')
