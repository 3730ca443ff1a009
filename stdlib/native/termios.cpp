// termios.cpp - see termios.h in this folder.
#include "stdlib/native/termios.h"

#include "stdlib/native/class_module.h"
#include "stdlib/native/system_calls.h"
#include "stdlib/native/termios.bind.inc"

#include <asm/ioctls.h>
#include <linux/serial.h>
#include <linux/tty.h>
#include <sys/ioctl.h>
#include <termios.h>

namespace krait {

static Class *error;

static Value raise() {
  if (errorPending())
    return {};
  Value args[2] = {smallInt(errno), strFrom(std::strerror(errno))};
  return krt_raise_args(error, args, 2);
}
static Value done(int result) { return result < 0 ? raise() : kNone; }

Value krt_termios_tcgetattr_py(Value file) {
  int fd = TRY_INT(fileDescriptor_py(file));
  termios mode;
  if (::tcgetattr(fd, &mode) < 0)
    return raise();
  List *characters = krt_list_new(NCCS);
  for (int i = 0; i < NCCS; i++) {
    bool number = !(mode.c_lflag & ICANON) && (i == VMIN || i == VTIME);
    krt_list_append(characters, number ? smallInt(mode.c_cc[i]) : Value(krt_bytes_new(&mode.c_cc[i], 1)));
  }
  Value fields[] = {smallInt(mode.c_iflag), smallInt(mode.c_oflag), smallInt(mode.c_cflag), smallInt(mode.c_lflag),
                    smallInt(::cfgetispeed(&mode)), smallInt(::cfgetospeed(&mode)), characters};
  return krt_list_from(fields, 7);
}

Value krt_termios_tcsetattr_py(Value file, int when, Value attributes) {
  int fd = TRY_INT(fileDescriptor_py(file));
  if (!hasClassFlag(attributes, kClassListSub) || attributes.as<List>()->length != 7)
    return krt_raise(kTypeError, "tcsetattr, arg 3: must be 7 element list");
  auto *list = attributes.as<List>();
  termios mode;
  if (::tcgetattr(fd, &mode) < 0) // what the list does not tell stays as it is
    return raise();
  int64_t numbers[6];
  for (int i = 0; i < 6; i++) {
    numbers[i] = krt_index_i64_py(list->items[i], kOverflowError);
    if (numbers[i] == -1 && errorPending())
      return {};
  }
  Value given = list->items[6];
  if (!hasClassFlag(given, kClassListSub) || given.as<List>()->length != NCCS)
    return krt_raise(kTypeError, "tcsetattr: attributes[6] must be %d element list", NCCS);
  mode.c_iflag = static_cast<tcflag_t>(numbers[0]);
  mode.c_oflag = static_cast<tcflag_t>(numbers[1]);
  mode.c_cflag = static_cast<tcflag_t>(numbers[2]);
  mode.c_lflag = static_cast<tcflag_t>(numbers[3]);
  for (int i = 0; i < NCCS; i++) {
    Value c = given.as<List>()->items[i];
    if (bytesCheck(c) && c.as<Bytes>()->length == 1) {
      mode.c_cc[i] = c.as<Bytes>()->data[0];
    } else if (krt_int_check(c)) {
      int64_t number = krt_index_i64_py(c, kOverflowError);
      if (number == -1 && errorPending())
        return {};
      mode.c_cc[i] = static_cast<cc_t>(number);
    } else {
      return krt_raise(kTypeError, "tcsetattr: elements of attributes must be characters or integers");
    }
  }
  if (::cfsetispeed(&mode, static_cast<speed_t>(numbers[4])) < 0 || ::cfsetospeed(&mode, static_cast<speed_t>(numbers[5])) < 0)
    return raise();
  return done(blocking_py([&] { return ::tcsetattr(fd, when, &mode); }));
}

Value krt_termios_tcsendbreak_py(Value file, int duration) {
  int fd = TRY_INT(fileDescriptor_py(file));
  return done(blocking_py([&] { return ::tcsendbreak(fd, duration); }));
}
Value krt_termios_tcdrain_py(Value file) {
  int fd = TRY_INT(fileDescriptor_py(file));
  return done(blocking_py([&] { return ::tcdrain(fd); }));
}
Value krt_termios_tcflush_py(Value file, int queue) {
  int fd = TRY_INT(fileDescriptor_py(file));
  return done(::tcflush(fd, queue));
}
Value krt_termios_tcflow_py(Value file, int action) {
  int fd = TRY_INT(fileDescriptor_py(file));
  return done(blocking_py([&] { return ::tcflow(fd, action); }));
}

Value krt_termios_tcgetwinsize_py(Value file) {
  int fd = TRY_INT(fileDescriptor_py(file));
  winsize size;
  if (::ioctl(fd, TIOCGWINSZ, &size) < 0)
    return raise();
  Value pair[2] = {smallInt(size.ws_row), smallInt(size.ws_col)};
  return krt_tuple_from(pair, 2);
}
Value krt_termios_tcsetwinsize_py(Value file, Value given) {
  int fd = TRY_INT(fileDescriptor_py(file));
  Tuple *pair = krt_tuple_from_py(given);
  if (!pair || pair->length != 2) {
    if (!pair && !krt_error_clear_if(kTypeError))
      return {};
    return krt_raise(kTypeError, "tcsetwinsize, arg 2: must be a two-item sequence");
  }
  int64_t numbers[2];
  for (int i = 0; i < 2; i++)
    if (!intArgument_py(pair->items[i], &numbers[i]))
      return {};
  winsize size;
  if (::ioctl(fd, TIOCGWINSZ, &size) < 0)
    return raise();
  size.ws_row = static_cast<unsigned short>(numbers[0]);
  size.ws_col = static_cast<unsigned short>(numbers[1]);
  if (size.ws_row != numbers[0] || size.ws_col != numbers[1])
    return krt_raise(kOverflowError, "winsize value(s) out of range.");
  return done(::ioctl(fd, TIOCSWINSZ, &size));
}

bool krt_termios_init(Module *module) {
  if (!addException(module, &error, "termios", "error", Value(kException)))
    return false;
#define ROW(name) {#name, static_cast<int64_t>(name)}
  static const ConstantRow constants[] = {
      ROW(B0), ROW(B1000000), ROW(B110), ROW(B115200), ROW(B1152000), ROW(B1200), ROW(B134), ROW(B150), ROW(B1500000), ROW(B1800), ROW(B19200), ROW(B200),
      ROW(B2000000), ROW(B230400), ROW(B2400), ROW(B2500000), ROW(B300), ROW(B3000000), ROW(B3500000), ROW(B38400), ROW(B4000000), ROW(B460800),
      ROW(B4800), ROW(B50), ROW(B500000), ROW(B57600), ROW(B576000), ROW(B600), ROW(B75), ROW(B921600), ROW(B9600), ROW(BRKINT), ROW(BS0), ROW(BS1),
      ROW(BSDLY), ROW(CBAUD), ROW(CBAUDEX), ROW(CDSUSP), ROW(CEOF), ROW(CEOL), ROW(CEOT), ROW(CERASE), ROW(CFLUSH), ROW(CIBAUD), ROW(CINTR), ROW(CKILL),
      ROW(CLNEXT), ROW(CLOCAL), ROW(CQUIT), ROW(CR0), ROW(CR1), ROW(CR2), ROW(CR3), ROW(CRDLY), ROW(CREAD), ROW(CRPRNT), ROW(CRTSCTS), ROW(CS5), ROW(CS6),
      ROW(CS7), ROW(CS8), ROW(CSIZE), ROW(CSTART), ROW(CSTOP), ROW(CSTOPB), ROW(CSUSP), ROW(CWERASE), ROW(ECHO), ROW(ECHOCTL), ROW(ECHOE), ROW(ECHOK),
      ROW(ECHOKE), ROW(ECHONL), ROW(ECHOPRT), ROW(EXTA), ROW(EXTB), ROW(FF0), ROW(FF1), ROW(FFDLY), ROW(FIOASYNC), ROW(FIOCLEX), ROW(FIONBIO),
      ROW(FIONCLEX), ROW(FIONREAD), ROW(FLUSHO), ROW(HUPCL), ROW(ICANON), ROW(ICRNL), ROW(IEXTEN), ROW(IGNBRK), ROW(IGNCR), ROW(IGNPAR), ROW(IMAXBEL),
      ROW(INLCR), ROW(INPCK), ROW(IOCSIZE_MASK), ROW(IOCSIZE_SHIFT), ROW(ISIG), ROW(ISTRIP), ROW(IUCLC), ROW(IXANY), ROW(IXOFF), ROW(IXON), ROW(NCC),
      ROW(NCCS), ROW(NL0), ROW(NL1), ROW(NLDLY), ROW(NOFLSH), ROW(N_MOUSE), ROW(N_PPP), ROW(N_SLIP), ROW(N_STRIP), ROW(N_TTY), ROW(OCRNL), ROW(OFDEL),
      ROW(OFILL), ROW(OLCUC), ROW(ONLCR), ROW(ONLRET), ROW(ONOCR), ROW(OPOST), ROW(PARENB), ROW(PARMRK), ROW(PARODD), ROW(PENDIN), ROW(TAB0), ROW(TAB1),
      ROW(TAB2), ROW(TAB3), ROW(TABDLY), ROW(TCFLSH), ROW(TCGETA), ROW(TCGETS), ROW(TCIFLUSH), ROW(TCIOFF), ROW(TCIOFLUSH), ROW(TCION), ROW(TCOFLUSH),
      ROW(TCOOFF), ROW(TCOON), ROW(TCSADRAIN), ROW(TCSAFLUSH), ROW(TCSANOW), ROW(TCSBRK), ROW(TCSBRKP), ROW(TCSETA), ROW(TCSETAF), ROW(TCSETAW),
      ROW(TCSETS), ROW(TCSETSF), ROW(TCSETSW), ROW(TCXONC), ROW(TIOCCONS), ROW(TIOCEXCL), ROW(TIOCGETD), ROW(TIOCGICOUNT), ROW(TIOCGLCKTRMIOS),
      ROW(TIOCGPGRP), ROW(TIOCGSERIAL), ROW(TIOCGSOFTCAR), ROW(TIOCGWINSZ), ROW(TIOCINQ), ROW(TIOCLINUX), ROW(TIOCMBIC), ROW(TIOCMBIS), ROW(TIOCMGET),
      ROW(TIOCMIWAIT), ROW(TIOCMSET), ROW(TIOCM_CAR), ROW(TIOCM_CD), ROW(TIOCM_CTS), ROW(TIOCM_DSR), ROW(TIOCM_DTR), ROW(TIOCM_LE), ROW(TIOCM_RI),
      ROW(TIOCM_RNG), ROW(TIOCM_RTS), ROW(TIOCM_SR), ROW(TIOCM_ST), ROW(TIOCNOTTY), ROW(TIOCNXCL), ROW(TIOCOUTQ), ROW(TIOCPKT), ROW(TIOCPKT_DATA),
      ROW(TIOCPKT_DOSTOP), ROW(TIOCPKT_FLUSHREAD), ROW(TIOCPKT_FLUSHWRITE), ROW(TIOCPKT_NOSTOP), ROW(TIOCPKT_START), ROW(TIOCPKT_STOP), ROW(TIOCSCTTY),
      ROW(TIOCSERCONFIG), ROW(TIOCSERGETLSR), ROW(TIOCSERGETMULTI), ROW(TIOCSERGSTRUCT), ROW(TIOCSERGWILD), ROW(TIOCSERSETMULTI), ROW(TIOCSERSWILD),
      ROW(TIOCSER_TEMT), ROW(TIOCSETD), ROW(TIOCSLCKTRMIOS), ROW(TIOCSPGRP), ROW(TIOCSSERIAL), ROW(TIOCSSOFTCAR), ROW(TIOCSTI), ROW(TIOCSWINSZ),
      ROW(TOSTOP), ROW(VDISCARD), ROW(VEOF), ROW(VEOL), ROW(VEOL2), ROW(VERASE), ROW(VINTR), ROW(VKILL), ROW(VLNEXT), ROW(VMIN), ROW(VQUIT), ROW(VREPRINT),
      ROW(VSTART), ROW(VSTOP), ROW(VSUSP), ROW(VSWTC), ROW(VT0), ROW(VT1), ROW(VTDLY), ROW(VTIME), ROW(VWERASE), ROW(XCASE), ROW(XTABS), {"VSWTCH", VSWTC}};
#undef ROW
  addConstants(module, constants, std::size(constants));
  return true;
}

} // namespace krait
