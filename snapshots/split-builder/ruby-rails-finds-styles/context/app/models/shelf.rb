class Shelf < ApplicationRecord
end
