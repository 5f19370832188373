# cmake -DROOT=schemas -DFILES=a;b -DOUT=folder -P embed.cmake
# Writes resource_table.S, which carries the octets of each file, and resource_table.c, which names
# them. Run at build time, again whenever one of the files changes.
list(SORT FILES COMPARE STRING)
set(externs "")
set(rows "")
set(octets "    .section .rodata\n")
set(index 0)
foreach(name IN LISTS FILES)
  file(SIZE "${ROOT}/${name}" size)
  string(APPEND externs "extern const unsigned char resource_octets_${index}[];\n")
  string(APPEND rows "    {\"${name}\", resource_octets_${index}, ${size}u},\n")
  string(APPEND octets "    .global resource_octets_${index}\n    .hidden resource_octets_${index}\n"
    "resource_octets_${index}:\n    .incbin \"${ROOT}/${name}\"\n    .byte 0\n")
  math(EXPR index "${index} + 1")
endforeach()
string(APPEND octets "    .section .note.GNU-stack,\"\",%progbits\n")

file(WRITE "${OUT}/resource_table.S" "${octets}")
file(WRITE "${OUT}/resource_table.c"
  "#include \"base/resource.h\"\n\n${externs}\n"
  "extern const struct resource resource_table[];\n"
  "const struct resource resource_table[] = {\n${rows}    {NULL, NULL, 0},\n};\n")
