"""Running an office: its folder, its worker, its health, its web servers. The commands in `cli` are thin."""
