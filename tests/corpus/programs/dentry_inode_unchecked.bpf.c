#include "own.h"

struct inode___own { unsigned long i_ino; } __attribute__((preserve_access_index));
struct dentry___own { struct inode___own *d_inode; } __attribute__((preserve_access_index));

unsigned long number;

/* A negative dentry has no inode. */
SEC("lsm/inode_unlink")
int BPF_PROG(unlink, struct inode *dir, struct dentry *dentry)
{
	number = ((struct dentry___own *)dentry)->d_inode->i_ino;
	return 0;
}
