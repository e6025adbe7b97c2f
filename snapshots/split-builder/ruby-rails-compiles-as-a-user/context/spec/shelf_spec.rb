describe Shelf do
end
