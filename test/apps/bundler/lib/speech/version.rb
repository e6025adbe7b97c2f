# frozen_string_literal: true

module Speech
  VERSION = "1.0.0"
end
