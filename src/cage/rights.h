/* The capabilities that a program in a room loses, even if it runs as root. With one of them, it could leave or change the room. */
static const int taken[] = {
    CAP_SYS_ADMIN,       /* mount, unmount, enter namespaces */
    CAP_DAC_READ_SEARCH, /* allows opening a file by its handle, which ignores the mounts */
    CAP_MKNOD,           /* allows making a device file of a disk */
    CAP_SYS_RAWIO,   CAP_SYS_MODULE, CAP_SYS_BOOT, CAP_SYS_TIME, CAP_SYS_PTRACE, CAP_SYSLOG,
    CAP_NET_ADMIN,       /* configure networks */
    CAP_MAC_ADMIN,   CAP_MAC_OVERRIDE, CAP_AUDIT_CONTROL, CAP_SYS_CHROOT,
    39 /* CAP_BPF */,    38 /* CAP_PERFMON */, 40 /* CAP_CHECKPOINT_RESTORE */,
};
#define TAKEN (sizeof taken / sizeof taken[0])

typedef struct __user_cap_data_struct rights_of[_LINUX_CAPABILITY_U32S_3];

static struct __user_cap_header_struct own_rights = {_LINUX_CAPABILITY_VERSION_3, 0};

static int may_mount(void) {
  rights_of rights;
  if (syscall(SYS_capget, &own_rights, rights) != 0) return 0;
  return rights[0].effective >> CAP_SYS_ADMIN & 1;
}

static void give_up_rights(void) {
  rights_of rights;
  must(syscall(SYS_capget, &own_rights, rights), "read", "rights");
  for (size_t i = 0; i < TAKEN; i++) {
    prctl(PR_CAPBSET_DROP, taken[i], 0, 0, 0); /* errors are ignored, because older kernels do not know all capabilities */
    struct __user_cap_data_struct *half = &rights[taken[i] / 32];
    unsigned kept = ~(1u << taken[i] % 32);
    half->effective &= kept;
    half->permitted &= kept;
    half->inheritable &= kept;
  }
  prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
  must(syscall(SYS_capset, &own_rights, rights), "give up", "rights");
  must(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "give up", "new rights");
}
