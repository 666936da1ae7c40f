module sightline/toolchain/pause

go 1.26
