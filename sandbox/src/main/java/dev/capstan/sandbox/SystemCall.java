package dev.capstan.sandbox;

import java.util.Optional;

/**
 * Calls to the kernel that the filter knows, with their numbers. No build, test or tool has been
 * seen to need one that is refused; each is either for the host's administrator or a part of the
 * kernel that is known for holes.
 *
 * <p>Allowed on purpose: {@code ptrace} and its kin, as debuggers and leak checkers need them and
 * they reach no further than the process namespace.
 */
enum SystemCall {
  // Mounting and other roots.
  MOUNT(165, 40),
  UMOUNT2(166, 39),
  PIVOT_ROOT(155, 41),
  CHROOT(161, 51),
  OPEN_TREE(428, 428),
  MOVE_MOUNT(429, 429),
  FSOPEN(430, 430),
  FSCONFIG(431, 431),
  FSMOUNT(432, 432),
  FSPICK(433, 433),
  MOUNT_SETATTR(442, 442),
  OPEN_BY_HANDLE_AT(304, 265),
  FANOTIFY_INIT(300, 262),
  // The kernel itself.
  KEXEC_LOAD(246, 104),
  KEXEC_FILE_LOAD(320, 294),
  INIT_MODULE(175, 105),
  FINIT_MODULE(313, 273),
  DELETE_MODULE(176, 106),
  BPF(321, 280),
  PERF_EVENT_OPEN(298, 241),
  USERFAULTFD(323, 282),
  LOOKUP_DCOOKIE(212, 18),
  NFSSERVCTL(180, 42),
  SYSLOG(103, 116),
  // Keys, which namespaces do not divide.
  ADD_KEY(248, 217),
  REQUEST_KEY(249, 218),
  KEYCTL(250, 219),
  // Asynchronous calls, which no filter sees.
  IO_URING_SETUP(425, 425),
  IO_URING_ENTER(426, 426),
  IO_URING_REGISTER(427, 427),
  // The machine.
  SWAPON(167, 224),
  SWAPOFF(168, 225),
  REBOOT(169, 142),
  ACCT(163, 89),
  QUOTACTL(179, 60),
  QUOTACTL_FD(443, 443),
  IOPL(172, SystemCall.NONE),
  IOPERM(173, SystemCall.NONE),
  SETTIMEOFDAY(164, 170),
  CLOCK_SETTIME(227, 112),
  CLOCK_ADJTIME(305, 266),
  ADJTIMEX(159, 171),
  VHANGUP(153, 58),
  SETHOSTNAME(170, 161),
  SETDOMAINNAME(171, 162),
  SETNS(308, 268),
  // Refused or not by their arguments.
  UNSHARE(272, 97, false),
  CLONE(56, 220, false),
  CLONE3(435, 435, false),
  SOCKET(41, 198, false),
  IOCTL(16, 29, false);

  /** The number of a call that an architecture does not have. */
  static final int NONE = -1;

  private final int onX86;
  private final int onArm;
  private final boolean whole;

  SystemCall(int onX86, int onArm) {
    this(onX86, onArm, true);
  }

  SystemCall(int onX86, int onArm, boolean whole) {
    this.onX86 = onX86;
    this.onArm = onArm;
    this.whole = whole;
  }

  /** Its number, or {@link #NONE}. */
  int number(Architecture architecture) {
    return switch (architecture) {
      case X86_64 -> onX86;
      case AARCH64 -> onArm;
    };
  }

  /** True if it is refused whatever its arguments are. */
  boolean isRefusedWhole() {
    return whole;
  }

  /** A processor whose numbers are known. */
  enum Architecture {
    X86_64(0xC000003E),
    AARCH64(0xC00000B7);

    private final int audit;

    Architecture(int audit) {
      this.audit = audit;
    }

    /** The kernel's own number for it, as the filter is told. */
    int audit() {
      return audit;
    }

    /** By the name in {@code os.arch}. */
    static Optional<Architecture> named(String name) {
      return switch (name) {
        case "amd64", "x86_64" -> Optional.of(X86_64);
        case "aarch64", "arm64" -> Optional.of(AARCH64);
        default -> Optional.empty();
      };
    }
  }
}
