require "ffi"

module Postgres
  extend FFI::Library
  ffi_lib "pq"
end
