require_relative "boot"

require "rails"
require "action_controller/railtie"
require "action_view/railtie"
Bundler.require(*Rails.groups)

module Tides
  class Application < Rails::Application
    config.load_defaults 7.2
    config.logger = ActiveSupport::Logger.new($stdout)
    # Sass compiles these into app/assets/builds.
    config.assets.excluded_paths << Rails.root.join("app/assets/stylesheets")
  end
end
