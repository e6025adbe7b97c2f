Rails.application.routes.draw do
  root "tides#index"
end
