class TidesController < ActionController::Base
  layout "application"

  def index
    @tides = { "Brest" => "5.2 m", "Calais" => "6.1 m" }
  end
end
