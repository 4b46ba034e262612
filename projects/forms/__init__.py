"""What people say of projects, read and checked."""
