# multiprocessing: a pool of forked processes, a queue, a semaphore, a pipe.
import multiprocessing as mp

def square(x):
    return x * x

def worker(queue, lock):
    with lock:
        queue.put("done")

if __name__ == "__main__":
    with mp.Pool(2) as pool:
        print(pool.map(square, range(10)))
    s = mp.Semaphore(2)
    print(s.acquire(), s.acquire(), s.acquire(False), s.acquire(timeout=0.01), s.release())
    r = mp.RLock()
    print(r.acquire(), r.acquire(), r.release(), r.release())
    for call in (r.release, mp.Lock().release):
        try:
            call()
        except Exception as e:
            print(type(e).__name__, e)
    queue, lock = mp.Queue(), mp.Lock()
    p = mp.Process(target=worker, args=(queue, lock))
    p.start()
    print(queue.get(timeout=20), p.join(), p.exitcode)
