# Two INTERFACE targets that every target of ours links: what the compiler must say, and how the
# result is hardened. Sanitizers and coverage come from the presets.
add_library(dingjia_warnings INTERFACE)
target_compile_options(dingjia_warnings INTERFACE
  $<$<COMPILE_LANGUAGE:C>:-Wall -Wextra -Wshadow -Wconversion -Wsign-conversion -Wcast-qual
  -Wwrite-strings -Wmissing-prototypes -Wstrict-prototypes -Wpointer-arith -Wundef -Wformat=2
  -Wvla -pedantic>
  $<$<AND:$<COMPILE_LANGUAGE:C>,$<BOOL:${DINGJIA_WERROR}>>:-Werror>)

add_library(dingjia_flags INTERFACE)
target_compile_definitions(dingjia_flags INTERFACE _POSIX_C_SOURCE=200809L)
target_compile_options(dingjia_flags INTERFACE -fstack-protector-strong)
target_link_options(dingjia_flags INTERFACE -Wl,-z,relro,-z,now -Wl,-z,noexecstack)

# Fortify needs the optimiser, and hides faults from the sanitizers.
if(NOT DINGJIA_SANITIZE)
  target_compile_options(dingjia_flags INTERFACE
    $<$<CONFIG:Release,RelWithDebInfo>:-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2>)
endif()

if(DINGJIA_SANITIZE)
  set(sanitize -fsanitize=${DINGJIA_SANITIZE} -fno-omit-frame-pointer)
  if(DINGJIA_SANITIZE MATCHES "undefined")
    list(APPEND sanitize -fno-sanitize-recover=undefined)
  endif()
  target_compile_options(dingjia_flags INTERFACE $<$<COMPILE_LANGUAGE:C>:${sanitize}>)
  target_link_options(dingjia_flags INTERFACE ${sanitize})
endif()

# Linked into every program of an ASan build.
add_library(dingjia_sanitizer INTERFACE)
if(DINGJIA_SANITIZE MATCHES "address")
  target_sources(dingjia_sanitizer INTERFACE ${PROJECT_SOURCE_DIR}/tests/support/sanitizer.c)
endif()

if(DINGJIA_COVERAGE)
  target_compile_options(dingjia_flags INTERFACE $<$<COMPILE_LANGUAGE:C>:--coverage>)
  target_link_options(dingjia_flags INTERFACE --coverage)
endif()
