// _uuid.cpp - see _uuid.h. Layout of version 1: RFC 4122, 4.1.2 to 4.2.
#include "stdlib/native/_uuid.h"

#include "runtime/abi/native.h"
#include "runtime/object/args.h"
#include "runtime/object/bytes.h"
#include "runtime/object/containers.h"
#include "stdlib/native/_uuid.bind.inc"

#include <cerrno>
#include <ctime>
#include <ifaddrs.h>
#include <netpacket/packet.h>
#include <sys/random.h>

namespace krait {

/// The hardware address of an interface; random with the multicast bit set if there is none.
static void findNode(uint8_t node[6]) {
  ifaddrs *all = nullptr;
  bool found = false;
  if (::getifaddrs(&all) == 0) {
    for (ifaddrs *one = all; one && !found; one = one->ifa_next) {
      if (!one->ifa_addr || one->ifa_addr->sa_family != AF_PACKET)
        continue;
      auto *address = reinterpret_cast<sockaddr_ll *>(one->ifa_addr);
      uint8_t any = 0;
      for (int i = 0; i < 6; i++)
        any |= address->sll_addr[i];
      if (address->sll_halen == 6 && any && !(address->sll_addr[0] & 2)) {
        std::memcpy(node, address->sll_addr, 6);
        found = true;
      }
    }
    ::freeifaddrs(all);
  }
  if (!found && ::getrandom(node, 6, 0) == 6)
    node[0] |= 1;
}

Value krt__uuid_generateTimeSafe() {
  static uint8_t node[6];
  static uint16_t sequence;
  static uint64_t last;
  static bool ready = false;
  if (!ready) {
    findNode(node);
    if (::getrandom(&sequence, sizeof sequence, 0) < 0)
      return krt_raise_errno(errno, {}, {});
    ready = true;
  }
  timespec now;
  ::clock_gettime(CLOCK_REALTIME, &now);
  // Steps of 100 ns since the start of the Gregorian calendar, 1582-10-15; never the same twice.
  uint64_t ticks = static_cast<uint64_t>(now.tv_sec) * 10000000 + static_cast<uint64_t>(now.tv_nsec) / 100 + 0x01b21dd213814000;
  if (ticks <= last)
    ticks = last + 1;
  last = ticks;
  uint8_t out[16];
  auto put = [&](int at, uint64_t value, int bytes) {
    for (int i = bytes; i-- > 0; value >>= 8)
      out[at + i] = static_cast<uint8_t>(value);
  };
  put(0, ticks & 0xffffffff, 4);
  put(4, ticks >> 32 & 0xffff, 2);
  put(6, (ticks >> 48 & 0x0fff) | 0x1000, 2);
  put(8, (sequence & 0x3fff) | 0x8000, 2);
  std::memcpy(out + 10, node, 6);
  Value pair[2] = {krt_bytes_new(out, 16), kNone};
  return krt_tuple_from(pair, 2);
}

bool krt__uuid_init(Module *module) {
  krt_dict_set_str(module->dict, KSTR(has_uuid_generate_time_safe), smallInt(0));
  return true;
}

} // namespace krait
